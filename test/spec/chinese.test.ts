import { describe, expect, it } from 'vitest'
import { inChinese } from '../../src/console/texts/chinese/translate.ts'
import { createDocument } from '../../src/spec/openapi/document.ts'
import { englishIn } from '../support/chinese.ts'

describe('the reference in Chinese', () => {
  it('has every description, summary and source of the document', () => {
    const prose = new Set<string>()
    const walk = (node: unknown, key = ''): void => {
      if (typeof node === 'string' && ['description', 'summary', 'x-source', 'title'].includes(key)) {
        for (const paragraph of node.split('\n\n')) prose.add(paragraph)
      }
      if (typeof node !== 'object' || node === null) return
      for (const [name, inner] of Object.entries(node)) {
        if (!['example', 'value', 'default', 'enum'].includes(name)) walk(inner, Array.isArray(node) ? key : name)
      }
    }
    walk(createDocument())
    expect(prose.size).toBeGreaterThan(300)
    const missing = [...prose].filter((one) => inChinese(one) === undefined)
    expect(missing, 'put the Chinese of these into `chinese` of their operation (src/spec/operations)').toEqual([])
    expect([...prose].map((one) => inChinese(one) ?? '').filter((one) => englishIn(one).length > 0)).toEqual([])
  })
})
