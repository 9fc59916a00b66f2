import { both } from '../../spec/languages.ts'

/** Texts about what happens when: jumps of the clock, and the time line of a task. */
export const timeTexts = {
  'jump.clock': both('Virtual time: open the clock', '虚拟时间：打开时钟'),
  'jump.to': both('Jump to: {what}', '跳到：{what}'),
  'jump.taskDone': both('Task done', '任务完成'),
  'jump.tokenEnds': both('Token ends', '令牌过期'),
  'jump.xDateLimit': both('X-Date limit', 'X-Date 失效'),
  'jump.ahead': both(' + {time}', '（+{time}）'),
  'timeline.title': both('Time line', '时间线'),
  'timeline.picture': both(
    'Rows and polls over virtual time, from {from} to {to}',
    '虚拟时间 {from} 至 {to} 期间的行与轮询',
  ),
  'timeline.created': both('Created', '创建'),
  'timeline.starts': both('Rows begin', '开始处理'),
  'timeline.rows': both('{count} of {total|row|rows} settled', '{total} 行中已处理 {count} 行'),
  'timeline.poll': both('Poll {number}: {seen}', '第 {number} 次轮询：{seen}'),
  'timeline.pollSeen': both('status {status}, {settled|row|rows}', '状态 {status}，{settled} 行'),
  'timeline.more': both('{count|more poll is|more polls are} in the journal.', '另有 {count} 次轮询，见请求日志。'),
  'timeline.done': both('Done', '完成'),
  'timeline.failed': both('Failed', '失败'),
  'timeline.due': both('Done, if the clock goes on', '完成（若时钟继续走）'),
  'timeline.never': both(
    'By itself this task never ends: its scenario stops it. End it by hand.',
    '此任务不会自行结束：场景让它停在这里，请手动结束。',
  ),
  'timeline.event': both('Event', '事件'),
  'timeline.advance': both('Advance to done', '快进到完成'),
  'tasks.only': both('Outcome', '结果'),
  'tasks.onlyAll': both('all', '全部'),
  'tasks.find': both('Row, name, phone or user id', '行号、姓名、手机号或用户 ID'),
  'tasks.found': both('{count} of {total|row|rows} shown', '显示 {total} 行中的 {count} 行'),
  'tasks.noRow': both(
    'No row matches. Search for less, or choose another outcome.',
    '没有匹配的行。请放宽搜索条件，或选择其他结果。',
  ),
  'tasks.next': both(
    'Create one with createBatchProvisioningTask: the docs page has the request, signed and ready to copy.',
    '请调用 createBatchProvisioningTask 创建任务：接口文档中有已签名、可直接复制的请求。',
  ),
} as const
