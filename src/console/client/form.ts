type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

/** The fields of a form. */
export const fieldsOf = (form: HTMLFormElement): Field[] =>
  [...form.elements].filter(
    (field): field is Field =>
      field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement,
  )

/** The fields of a form as JSON; an empty field is left out, `data-type` says what is no text. */
export function toBody(form: HTMLFormElement): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const field of fieldsOf(form)) {
    if (field.name === '' || field.value === '') continue
    body[field.name] = field.dataset['type'] === 'number' ? Number(field.value) : field.value
  }
  return body
}
