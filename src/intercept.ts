import { productionOrigins } from './spec/production-origins.ts'

/** Which calls the mock answers. */
export interface InterceptOptions {
  /** Origins that stand for the service, such as `https://intl.myhuaweicloud-koodrive.com`. Default: those of production. */
  readonly origins?: readonly string[] | undefined
}

/**
 * The origins to answer for, as the URL standard writes them.
 *
 * @throws TypeError when one is no origin of http or https.
 */
export function originsOf({ origins = productionOrigins }: InterceptOptions): string[] {
  return origins.map((text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    if (url !== undefined && /^https?:$/.test(url.protocol) && `${url.origin}/` === url.href) return url.origin
    throw new TypeError(
      `origins: "${text}" is not an origin. Give scheme, host and port only, such as https://example.com.`,
    )
  })
}
