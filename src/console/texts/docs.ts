import type { Localized } from '../../spec/languages.ts'

const both = (en: string, zh: string): Localized => ({ 'en-US': en, 'zh-CN': zh })

/** Texts of the reference page. */
export const docsTexts = {
  'docs.title': both('API reference', '接口文档'),
  'docs.intro': both(
    'The operations that the mock serves, those of the five reference pages first. Every statement carries a mark that says how well it is known.',
    '模拟服务提供的接口，五个参考页面的接口在前。每条说明都标有可信程度。',
  ),
  'docs.contents': both('Contents', '目录'),
  'docs.documented': both('documented', '文档说明'),
  'docs.documentedWhy': both('a page of the vendor states it', '厂商文档中有明确说明'),
  'docs.example': both('example', '示例'),
  'docs.exampleWhy': both('only an example of the vendor shows it', '仅在厂商示例中出现'),
  'docs.inferred': both('inferred', '推断'),
  'docs.inferredWhy': both('concluded by this project', '由本项目推断得出'),
  'docs.operations': both('Operations', '接口'),
  'docs.try': both('Sandbox whose credentials sign what “Try it out” sends', '“Try it out” 使用此沙箱的凭据签名'),
  'docs.choose': both('Choose', '选择'),
  'docs.errors': both('Errors', '错误码'),
  'docs.code': both('Code', '错误码'),
  'docs.http': both('HTTP', 'HTTP'),
  'docs.message': both('Message', '消息'),
  'docs.when': both('When', '何时出现'),
  'docs.source': both('Source', '出处'),
  'docs.mark': both('Evidence', '可信程度'),
  'docs.readings': both('Readings', '解读选项'),
  'docs.readingsIntro': both(
    'Questions that the pages leave open, the answers the mock can give, and why the first is the default.',
    '文档未明确的问题、模拟服务可以采用的答案，以及默认值的理由。',
  ),
  'docs.answer': both('Answer', '答案'),
  'docs.meaning': both('Meaning', '含义'),
  'docs.why': both('Why the default', '默认值的理由'),
} as const
