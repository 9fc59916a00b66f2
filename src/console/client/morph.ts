/** Attributes that belong to the reader once the element is there: what was typed, chosen or opened stays. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  INPUT: ['value', 'checked'],
  DETAILS: ['open'],
  OPTION: ['selected'],
}

/**
 * Parts that the server has left out because this page has them, by their version: `views/part.ts` makes them. An element
 * that takes their place without being made like the old one gets a copy.
 */
function fillIn(wanted: Node): void {
  if (!(wanted instanceof Element)) return
  for (const part of [wanted, ...wanted.querySelectorAll('[data-omitted]')]) {
    const version = part.getAttribute('data-omitted') === null ? null : part.getAttribute('data-version')
    const known = version === null ? null : document.querySelector(`[data-version="${version}"]:not([data-omitted])`)
    if (known === null) continue
    part.removeAttribute('data-omitted')
    part.replaceChildren(...known.cloneNode(true).childNodes)
  }
}

/**
 * Makes the children of `from` like those of `to` with as few changes as possible, so that focus, selection, scroll
 * position and half-filled forms survive an update. Children with `data-key` are matched by it.
 */
export function morphChildren(from: Element, to: Element): void {
  const keyed = new Map<string, Element>()
  for (const child of from.children) {
    const key = child.getAttribute('data-key')
    if (key !== null) keyed.set(key, child)
  }
  let at: ChildNode | null = from.firstChild
  for (const wanted of [...to.childNodes]) {
    const key = wanted instanceof Element ? wanted.getAttribute('data-key') : null
    const known: ChildNode | null = key === null ? at : (keyed.get(key) ?? null)
    if (known !== null && isAlike(known, wanted)) {
      if (known !== at) from.insertBefore(known, at)
      else at = at?.nextSibling ?? null
      morph(known, wanted)
    } else {
      fillIn(wanted)
      from.insertBefore(wanted, at)
    }
  }
  while (at !== null) {
    const next: ChildNode | null = at.nextSibling
    at.remove()
    at = next
  }
}

function isAlike(a: Node, b: Node): boolean {
  if (a.nodeType !== b.nodeType || a.nodeName !== b.nodeName) return false
  if (!(a instanceof Element) || !(b instanceof Element)) return true
  return a.id === b.id && a.getAttribute('data-key') === b.getAttribute('data-key')
}

function isSameVersion(from: Element, to: Element): boolean {
  const version = to.getAttribute('data-version')
  return version !== null && version === from.getAttribute('data-version')
}

function morph(from: Node, to: Node): void {
  if (!(from instanceof Element) || !(to instanceof Element)) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue
    return
  }
  if (isSameVersion(from, to)) return
  if (from.isEqualNode(to) || from.hasAttribute('data-keep')) return
  const kept = READERS[from.nodeName] ?? []
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !kept.includes(name)) from.removeAttribute(name)
  }
  for (const { name, value } of to.attributes) {
    if (!kept.includes(name) && from.getAttribute(name) !== value) from.setAttribute(name, value)
  }
  morphChildren(from, to)
}
