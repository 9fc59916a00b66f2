import type { Localized } from '../../spec/languages.ts'

const both = (en: string, zh: string): Localized => ({ 'en-US': en, 'zh-CN': zh })

/** Texts about what becomes of the rows of a batch. */
export const rowTexts = {
  'rows.title': both('Rows of batches', '批量开户的各行结果'),
  'rows.hint': both(
    'The first rule that matches a row decides; it holds for batches created from now on.',
    '第一条匹配的规则决定该行的结果；对此后创建的批量开户任务生效。',
  ),
  'rows.none': both(
    'No rule: every row goes its usual way. Add one to see how your client takes a failed row.',
    '没有规则：每一行按常规处理。添加一条规则，看看客户端如何处理失败的行。',
  ),
  'rows.new': both('New rule', '新建规则'),
  'rows.which': both('Which rows', '哪些行'),
  'rows.outcome': both('Outcome', '结果'),
  'rows.error': both('Error of the row', '该行的错误'),
  'rows.seconds': both('Takes, s', '耗时（秒）'),
  'rows.success': both('succeeds', '成功'),
  'rows.exists': both('is skipped: the phone has a user already', '跳过：该手机号已有用户'),
  'rows.rival': both('is skipped: somebody else was quicker', '跳过：已被他人抢先创建'),
  'rows.fail': both('fails', '失败'),
  'rows.task-fails': both('the whole task fails here', '整个任务在此失败'),
  'rows.usual': both('the usual one', '默认错误'),
  'rows.own': both('of my own: code, msg', '自定义：code、msg'),
  'rows.rowEvery': both('Every nth row', '每 n 行命中一次'),
  'rows.rowFrom': both('From index, counted from 0', '起始下标（从 0 开始）'),
  'rows.rowPhone': both('Phone contains', '手机号包含'),
  'rows.rowCode': both('Code of the row', '该行的 code'),
  'rows.rowMsg': both('Reason of the row', '该行的原因'),
  'rows.rowSeconds': both('Takes, s', '耗时（秒）'),
  'rows.previewShow': both('Preview the rule', '预览规则'),
  'rows.rule': both('The rule', '规则'),
  'rows.wrong': both('This is no rule yet', '此规则还不完整'),
  'rows.add': both('Add the rule', '添加规则'),
  'rows.added': both('Rule added', '规则已添加'),
  'rows.clear': both('Remove all rules', '移除全部规则'),
} as const
