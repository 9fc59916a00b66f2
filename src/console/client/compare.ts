import { call } from './api.ts'
import { byId } from './page.ts'

/** What the control plane says of what a client built. */
interface Comparison {
  readonly makesSignature?: boolean
  readonly firstDifference?: { readonly part: string } & Readonly<
    Record<'expected' | 'actual' | 'expectedBytes' | 'actualBytes', string | null>
  >
}

/**
 * Lays what the reader pasted beside the right one and shows where the two differ.
 *
 * @throws CallError when the mock refuses to.
 */
export async function compareOwn(form: HTMLFormElement): Promise<void> {
  const text = String(new FormData(form).get('text') ?? '').replaceAll('\r\n', '\n')
  const comparison = (await (await call('POST', form.dataset['compare'] ?? '', { text })).json()) as Comparison
  const say = (name: string, values: Readonly<Record<string, unknown>> = {}): string =>
    (form.dataset[name] ?? '').replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ''))
  const { firstDifference, makesSignature } = comparison
  const place = firstDifference && { ...firstDifference, part: partName(form, firstDifference.part) }
  const parts: Node[] = [paragraph(place === undefined ? say('textRight') : say('textPlace', { ...place }), 'verdict')]
  if (place !== undefined) {
    const { expected, actual, expectedBytes, actualBytes } = place
    const line = (label: string, text: string | null, bytes: string | null): [string, string] => [
      say(label),
      `${text ?? say('textNoLine')}${!bytes ? '' : `   (${say('textBytes')}: ${bytes})`}`,
    ]
    parts.push(table([line('textYours', actual, actualBytes), line('textExpected', expected, expectedBytes)]))
  }
  if (makesSignature !== undefined) parts.push(paragraph(say(makesSignature ? 'textMakes' : 'textMakesNot')))
  byId('compared').replaceChildren(...parts)
}

/** What a line is, such as `query` or `header x-date`, in the language of the page. */
function partName(form: HTMLFormElement, part: string): string {
  const names = JSON.parse(form.dataset['parts'] ?? '{}') as Readonly<Record<string, string>>
  const [, header] = /^header (.*)$/.exec(part) ?? []
  return header === undefined ? (names[part] ?? part) : (names['header'] ?? part).replace('{name}', header)
}

function paragraph(text: string, className = ''): HTMLElement {
  const element = document.createElement('p')
  element.className = className
  element.textContent = text
  return element
}

function table(rows: readonly (readonly [string, string])[]): HTMLElement {
  const list = document.createElement('dl')
  list.className = 'stacked'
  for (const [label, value] of rows) {
    const term = document.createElement('dt')
    term.textContent = label
    const code = document.createElement('code')
    code.textContent = value
    const definition = document.createElement('dd')
    definition.append(code)
    list.append(term, definition)
  }
  return list
}
