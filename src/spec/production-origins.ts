/** Where the service is, by the vendor's pages. */
export const production = [
  { url: 'https://intl.myhuaweicloud-koodrive.com', description: 'AP-Singapore' },
  { url: 'https://cn.myhuaweicloud-koodrive.com', description: 'CN North-Beijing4' },
] as const

export const productionOrigins: readonly string[] = production.map(({ url }) => url)
