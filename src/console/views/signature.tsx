import type { JournalEntry } from '../../journal/journal-entry.ts'
import type { ShownExchange } from '../../journal/journal-view.ts'
import type { Viewer } from '../../journal/viewer.ts'
import type { Diagnosis } from '../../signing/index.ts'
import type { Translate } from '../texts/texts.ts'
import { align, difference, type LinePair } from './difference.ts'
import { Badge, Scroll } from './parts.tsx'

interface SectionProps {
  readonly t: Translate
  readonly entry: JournalEntry
  readonly viewer: Viewer
}

/** The autopsy of a bad signature: what the client did, what the server expects, where they part, and the cure. */
export const SignatureSection = ({ t, entry, viewer }: SectionProps) => {
  if (entry.search === undefined) return null
  const diagnosis = viewer.redactor(entry).deep(entry.search.latest) as Diagnosis
  const { summary, mistakes, expected, clientCanonicalRequest } = diagnosis
  return (
    <section class="card" id="signature" aria-labelledby="signature-title">
      <h2 id="signature-title">{t('exchange.signature')}</h2>
      {summary !== entry.diagnosis && <p lang="en">{summary}</p>}
      {mistakes.map(({ title, cure }) => (
        <dl class="mistake">
          <div>
            <dt>{t('exchange.diagnosis')}</dt>
            <dd lang="en">{title}</dd>
          </div>
          <div>
            <dt>{t('exchange.cure')}</dt>
            <dd lang="en">{cure}</dd>
          </div>
        </dl>
      ))}
      {clientCanonicalRequest === undefined ? (
        <Claim t={t} diagnosis={diagnosis} headers={viewer.exchange(entry).request.headers} />
      ) : (
        <Comparison t={t} client={clientCanonicalRequest} server={expected.canonicalRequest} />
      )}
    </section>
  )
}

/** Both canonical requests line by line, for a signature that a known mistake reproduces. */
const Comparison = ({ t, client, server }: { t: Translate; client: string; server: string }) => (
  <Scroll label={t('exchange.signature')}>
    <table class="diff">
      <thead>
        <tr>
          <th scope="col">{t('exchange.client')}</th>
          <th scope="col">{t('exchange.server')}</th>
        </tr>
      </thead>
      <tbody>
        {align(client.split('\n'), server.split('\n')).map((pair) => (
          <DiffRow t={t} pair={pair} />
        ))}
      </tbody>
    </table>
  </Scroll>
)

const DiffRow = ({ t, pair: { left, right } }: { t: Translate; pair: LinePair }) => {
  const { before, left: own, right: wanted, after } = difference(left ?? '', right ?? '')
  const differs = left !== right
  return (
    <tr class={differs ? 'differs' : ''}>
      <td>
        <code>
          {before}
          {own !== '' && <del>{own}</del>}
          {left === '' && right === undefined && <del>{t('exchange.emptyLine')}</del>}
          {left === undefined ? '' : after}
        </code>
      </td>
      <td>
        <code>
          {before}
          {wanted !== '' && <ins>{wanted}</ins>}
          {right === '' && left === undefined && <ins>{t('exchange.emptyLine')}</ins>}
          {right === undefined ? '' : after}
        </code>{' '}
        {differs && <Badge tone="bad">{t('exchange.differs')}</Badge>}
      </td>
    </tr>
  )
}

interface ClaimProps {
  readonly t: Translate
  readonly diagnosis: Diagnosis
  /** Headers without secrets: what stands in Authorization may be a token. */
  readonly headers: ShownExchange['request']['headers']
}

/** What the Authorization header says beside what the server makes of the request, when nobody knows what was signed. */
const Claim = ({ t, diagnosis: { claimed, expected }, headers }: ClaimProps) => {
  const authorization = headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1]
  return (
    <div class="columns">
      <div>
        <h3>{t('exchange.claim')}</h3>
        {claimed !== undefined ? (
          <dl class="stacked">
            <dt>AppId</dt>
            <dd>
              <code>{claimed.appId}</code>
            </dd>
            <dt>SignedHeaders</dt>
            <dd>
              <code>{claimed.signedHeaders.join(';')}</code>
            </dd>
            <dt>Signature</dt>
            <dd>
              <code>{claimed.signature}</code>
            </dd>
          </dl>
        ) : (
          <p>
            <code>{authorization ?? t('common.none')}</code>
          </p>
        )}
      </div>
      <div>
        <h3>{t('exchange.server')}</h3>
        <Scroll label={t('exchange.server')}>
          <pre id="server-canonical">{expected.canonicalRequest}</pre>
        </Scroll>
      </div>
    </div>
  )
}
