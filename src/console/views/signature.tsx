import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { Viewer } from '../../journal/viewer.ts'
import { firstHeader } from '../../shared/headers.ts'
import { labelCanonicalLines } from '../../signing/canonical-request.ts'
import { hmacSha256Hex } from '../../signing/digest.ts'
import { type Diagnosis, parseXDate } from '../../signing/index.ts'
import type { Language } from '../../spec/languages.ts'
import { limits } from '../../spec/limits.ts'
import { toIso } from '../../world/instant.ts'
import type { Sandbox } from '../../world/sandbox.ts'
import type { Translate } from '../texts/texts.ts'
import { CompareOwn, partName } from './compare-own.tsx'
import { align, type LinePair, type Piece, pieces } from './difference.ts'
import { Badge, Fact, Said, Scroll } from './parts.tsx'

interface SectionProps {
  readonly t: Translate
  readonly entry: JournalEntry
  readonly viewer: Viewer
  /** The sandbox that the request belongs to; undefined when its AppId is nobody's. */
  readonly owner: Sandbox | undefined
}

/** The autopsy of a bad signature: what the client did, what the server expects, where they part, and the cure. */
export const SignatureSection = ({ t, language, entry, viewer, owner }: SectionProps & { language: Language }) => {
  if (entry.search === undefined) return null
  const diagnosis = viewer.redactor(entry).deep(entry.search.latest) as Diagnosis
  const { summary, mistakes, expected, clientCanonicalRequest, clientStringToSign } = diagnosis
  return (
    <section class="card" id="signature" aria-labelledby="signature-title">
      <h2 id="signature-title">{t('exchange.signature')}</h2>
      {mistakes.length === 0 && <Said as="p" language={language} english={summary} />}
      {mistakes.map(({ title, cure }) => (
        <dl class="mistake">
          <Fact term={t('exchange.diagnosis')}>
            <Said language={language} english={title} />
          </Fact>
          <Fact term={t('exchange.cure')}>
            <Said language={language} english={cure} />
          </Fact>
        </dl>
      ))}
      <Claim t={t} entry={entry} viewer={viewer} owner={owner} diagnosis={diagnosis} />
      <h3>{t('sign.canonical')}</h3>
      <Sides t={t} label={t('sign.canonical')} client={clientCanonicalRequest} server={expected.canonicalRequest} />
      <h3>{t('exchange.stringToSign')}</h3>
      <StringToSign t={t} client={clientStringToSign} server={expected.stringToSign} />
      <CompareOwn t={t} entry={entry} owner={owner} />
    </section>
  )
}

interface SidesProps {
  readonly t: Translate
  readonly label: string
  /** Undefined when nobody knows what the client built. */
  readonly client: string | undefined
  readonly server: string
}

/** A text of the client beside that of the server: compared when they differ, shown once when they do not. */
const Sides = ({ t, label, client, server }: SidesProps) => {
  if (client !== undefined && client !== server) return <Comparison {...{ t, label, client, server }} />
  const labels = partsOf(t, server)
  return (
    <>
      <p class="hint">{t(client === undefined ? 'exchange.clientUnknown' : 'exchange.sidesSame')}</p>
      <Scroll label={label}>
        <pre class="labelled" id={server.startsWith('HMAC') ? 'server-string' : 'server-canonical'}>
          {server.split('\n').map((line, at) => (
            <span class="line" data-part={labels[at] ?? ''}>
              {line}
            </span>
          ))}
        </pre>
      </Scroll>
    </>
  )
}

/** What is signed in the end: the hash of the canonical request, so that one mistake there shows here again. */
const StringToSign = ({ t, client, server }: Omit<SidesProps, 'label'>) => {
  if (client === undefined || client === server) {
    return <Sides t={t} label={t('exchange.stringToSign')} client={client} server={server} />
  }
  return (
    <dl class="stacked">
      {(
        [
          [t('exchange.client'), client],
          [t('exchange.server'), server],
        ] as const
      ).map(([label, text]) => (
        <>
          <dt>{label}</dt>
          <dd>
            <Scroll label={t('exchange.stringToSign') + t('common.colon') + label}>
              <pre>{text}</pre>
            </Scroll>
          </dd>
        </>
      ))}
    </dl>
  )
}

/** What each line is, such as `query` or `header x-date`. */
function partsOf(t: Translate, text: string): string[] {
  const parts = /^\S*HMAC/i.test(text) ? ['algorithm', 'hash'] : labelCanonicalLines(text).map(({ part }) => part)
  return parts.map((part) => partName(t, part))
}

/** Both texts line by line. */
const Comparison = ({ t, label, client, server }: SidesProps & { client: string }) => {
  const labels = partsOf(t, server)
  let line = 0
  const rows = align(client.split('\n'), server.split('\n')).map((pair) => {
    const part = pair.right === undefined ? '' : (labels[line] ?? '')
    if (pair.right !== undefined) line += 1
    return { pair, part }
  })
  return (
    <Scroll label={label}>
      <table class="diff">
        <thead>
          <tr>
            <td></td>
            <th scope="col">{t('exchange.client')}</th>
            <th scope="col">{t('exchange.server')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ pair, part }) => (
            <DiffRow t={t} pair={pair} part={part} />
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}

const DiffRow = ({ t, pair: { left, right }, part }: { t: Translate; pair: LinePair; part: string }) => {
  const differs = left !== right
  const both = pieces(left ?? '', right ?? '', part === t('part.query'))
  return (
    <tr class={differs ? 'differs' : ''}>
      <th scope="row">
        {part} {differs && <Badge tone="bad">{t('exchange.differs')}</Badge>}
      </th>
      <td data-side={t('exchange.client')}>
        <code>
          <Marked all={both.left} as="del" />
          {left === '' && right === undefined && <del>{t('exchange.emptyLine')}</del>}
        </code>
      </td>
      <td data-side={t('exchange.server')}>
        <code>
          <Marked all={both.right} as="ins" />
          {right === '' && left === undefined && <ins>{t('exchange.emptyLine')}</ins>}
        </code>
      </td>
    </tr>
  )
}

const Marked = ({ all, as: Mark }: { all: readonly Piece[]; as: 'del' | 'ins' }) => (
  <>{all.map(({ text, isOwn }) => (text === '' ? '' : isOwn ? <Mark>{text}</Mark> : text))}</>
)

/** What was sent beside what is right: AppId, X-Date, SignedHeaders, signature. */
const Claim = ({
  t,
  entry,
  viewer,
  owner,
  diagnosis: { claimed, expected },
}: SectionProps & { diagnosis: Diagnosis }) => {
  const { headers } = viewer.exchange(entry).request
  const date = firstHeader(headers, 'x-date')?.trim()
  const signature = owner && hmacSha256Hex(owner.config.credentials.appSecret, expected.stringToSign)
  const rows: readonly (readonly [
    name: string,
    sent: string | undefined,
    right: string | undefined,
    differs: boolean,
  ])[] =
    claimed === undefined
      ? [['Authorization', firstHeader(headers, 'authorization'), undefined, true]]
      : [
          ['AppId', claimed.appId, owner?.config.credentials.appId, claimed.appId !== owner?.config.credentials.appId],
          ['SignedHeaders', claimed.signedHeaders.join(';'), undefined, false],
          [
            'Signature',
            claimed.signature,
            signature,
            signature !== undefined && !isSameSignature(claimed.signature, signature),
          ],
        ]
  const isOld = date !== undefined && !isInWindow(date, entry.at)
  const all = [...rows, ['X-Date', date, t('exchange.clockThen', { time: toIso(entry.at) }), isOld] as const]
  return (
    <>
      <h3>{t('exchange.claim')}</h3>
      <dl class="claim stacked">
        {all.map(([name, sent, right, differs]) => (
          <div class={differs ? 'differs' : ''}>
            <dt>
              {name} {differs && <Badge tone="bad">{t('exchange.differs')}</Badge>}
            </dt>
            <dd>
              <code>{sent ?? t('common.none')}</code>
            </dd>
            {right !== undefined && right !== sent && (
              <dd>
                {t('exchange.expected')}
                {t('common.colon')}
                <code>{right}</code>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </>
  )
}

/** A signature that is right is cut to its first characters; see Diagnosis. */
const isSameSignature = (sent: string, right: string): boolean => sent.slice(0, 8).toLowerCase() === right.slice(0, 8)

function isInWindow(text: string, now: number): boolean {
  const date = parseXDate(text)
  return date !== undefined && now - date <= limits.dateMaxAgeSeconds * 1000 && date - now < 1000
}
