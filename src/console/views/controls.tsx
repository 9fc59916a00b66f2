import type { Child, JSX } from 'hono/jsx'
import { errors } from '../../spec/errors.ts'
import type { Language } from '../../spec/languages.ts'
import type { Translate } from '../texts/texts.ts'

/** A field for a line of text. */
export const TextField = ({ label, ...input }: { label: Child } & JSX.IntrinsicElements['input']) => (
  <label>
    <span>{label}</span>
    <input {...input} />
  </label>
)

/** The choices of a `select`: values, or each with the text that is shown for it. */
type Choices = Iterable<string | readonly [string, string]>

interface ChoiceProps {
  readonly label: Child
  readonly name: string
  readonly of: Choices
  readonly chosen: unknown
  /** The text of the choice that stands for none of them. */
  readonly any?: string
  /** Whether a choice is applied at once. */
  readonly submits?: boolean
}

/** A field with choices. */
export const Choice = ({ label, name, of: all, chosen, any, submits = false }: ChoiceProps) => (
  <label>
    <span>{label}</span>
    <select name={name} {...(submits && { 'data-submits': true })}>
      {any !== undefined && <option value="">{any}</option>}
      <Options of={all} chosen={chosen} />
    </select>
  </label>
)

export const Options = ({ of: all, chosen }: { of: Choices; chosen: unknown }) => (
  <>
    {[...all].map((one) => {
      const [value, text] = typeof one === 'string' ? [one, one] : one
      return (
        <option value={value} selected={value === chosen}>
          {text}
        </option>
      )
    })}
  </>
)

/** The errors of the service as choices. */
export const errorChoices = (language: Language): [string, string][] =>
  Object.entries(errors).map(([name, { code, message }]) => [name, `${code} ${message[language]}`])

interface ChangeProps {
  readonly method: 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  /** What is sent, as JSON. */
  readonly body?: object
  /** The question that comes first. */
  readonly ask?: string
  /** What is said when it is done. */
  readonly done: string
  /** The view that opens then. */
  readonly goto?: string | undefined
  readonly class?: string
  readonly title?: string
  readonly 'aria-label'?: string
  readonly disabled?: boolean
  readonly children?: Child
}

/** A button that changes something by a call of the control plane. */
export const Change = ({ method, url, body, ask, done, goto, children, ...button }: ChangeProps) => (
  <button
    type="button"
    {...button}
    data-method={method}
    data-url={url}
    {...(body !== undefined && { 'data-body': JSON.stringify(body) })}
    {...(ask !== undefined && { 'data-ask': ask })}
    data-done={done}
    {...(goto !== undefined && { 'data-goto': goto })}
  >
    {children}
  </button>
)

/** A button that uncovers the secret in the element with an id. */
export const Reveal = ({ t, id, what }: { t: Translate; id: string; what: string }) => (
  <button
    type="button"
    class="is-small"
    data-reveal={id}
    aria-pressed="false"
    data-keep=""
    aria-label={t('common.showWhat', { what })}
  >
    {t('common.show')}
  </button>
)
