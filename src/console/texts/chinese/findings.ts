/** The report card: findings with what they lead to and their cures, and what the mock can show at all. */
export const findings: Readonly<Record<string, string>> = {
  'Submits a batch again that was taken already': '重复提交已受理的批次',
  'A lost answer is not a lost request: the first task runs, the second provisions the same phones once more and reports every user as existing.':
    '响应丢失不等于请求丢失：第一个任务仍在执行，第二个任务会对相同的手机号再次开户，并报告所有用户都已存在。',
  'After a timeout or a broken answer, look with listUsers whether the phones have users before submitting again.':
    '超时或响应中断后，先用 listUsers 查询这些手机号是否已有用户，再决定是否重新提交。',
  '{} submits {} phones that {} had submitted already.': '{} 提交的 {} 个手机号此前已由 {} 提交。',
  '{} submits {} phones that {} had submitted already, whose answer was lost ({}).':
    '{} 提交的 {} 个手机号此前已由 {} 提交，而后者的响应丢失（{}）。',
  'Creates users without verifying first': '未做前置校验就批量开户',
  'Wrong departments and exceeded capacities show only when the batch has run.':
    '部门错误和容量超限要等批次执行后才会暴露。',
  'Call preverifyBatchImport before a large import; it changes nothing.':
    '大批量导入前先调用 preverifyBatchImport，该接口不会做任何更改。',
  '{} batch was created before any pre-verification.': '有 {} 个批次在任何前置校验之前创建。',
  '{} batches were created before any pre-verification.': '有 {} 个批次在任何前置校验之前创建。',
  'Uses an access token after it expired': '使用已过期的访问令牌',
  'A token lives 20 minutes after its last use: long pauses and long polls fail in production only.':
    '令牌在最后一次使用后 20 分钟失效：长时间停顿或轮询间隔过长的问题只会在生产环境出现。',
  'Note when the token was last used, renew it in time, and renew it once on a 401 before repeating the call.':
    '记录令牌最后一次使用的时间并及时续期；收到 401 时续期一次，再重试该调用。',
  '{} was called with an expired token.': '调用 {} 时令牌已过期。',
  'Signs with a clock that is off': '签名所用的时钟不准',
  'X-Date may be 15 minutes old and not a second ahead: a drifting clock, or a signature kept for later, is refused some day.':
    'X-Date 最多可早 15 分钟，但不能晚一秒：时钟漂移或缓存签名迟早会被拒绝。',
  'Sign each request when it is sent, in UTC; take the offset from the Date header of an answer, or run NTP.':
    '每个请求在发送时按 UTC 签名；时间偏差可由响应的 Date 响应头得出，或启用 NTP。',
  'X-Date was up to {} s ahead of the clock of the service in {} calls.':
    '有 {2} 次调用的 X-Date 比服务端时钟快，最多快 {1} 秒。',
  'X-Date was up to {} s behind the clock of the service in {} calls.':
    '有 {2} 次调用的 X-Date 比服务端时钟慢，最多慢 {1} 秒。',
  'Puts a secret into the URL': '在 URL 中放入密钥或令牌',
  'URLs are written to access logs, proxies and histories, where tokens and passwords are found.':
    'URL 会写入访问日志、代理和历史记录，令牌和密码会因此泄露。',
  'Send tokens in the Authorization header and passwords in the body only.':
    '令牌只放在 Authorization 请求头，密码只放在请求体。',
  'Signs requests wrongly': '签名错误',
  'The service answers 401 without a reason; only the diagnosis of the mock tells what was signed differently.':
    '服务端只返回 401 而不说明原因；只有模拟服务的诊断会指出签名的差异。',
  'Read the diagnosis of the exchange; `koodrive-mock sign --explain` prints every step of the right signature.':
    '查看该请求的诊断；`koodrive-mock sign --explain` 会打印正确签名的每一步。',
  'Stops paging before the end': '没有翻到最后一页',
  'What stands on the pages not read is missing: users, and outcomes of rows, failures among them.':
    '未读取的页上的内容会遗漏：用户，以及包括失败在内的各行结果。',
  'Follow nextPageCursor until it is absent; raise offset until it reaches total.':
    '沿 nextPageCursor 翻页直到它不再出现；递增 offset 直到达到 total。',
  '{} has {} records, and only the first {} were read.': '{} 共有 {} 条记录，只读取了前 {} 条。',
  'Task {} has {} rows, and the outcomes of {} were never read.': '任务 {} 共有 {} 行，其中 {} 行的结果从未读取。',
  'Pages past the end': '翻页超出末尾',
  'Every listing costs a call too many, and a service that refuses such a page breaks the client.':
    '每次遍历都多一次调用；若服务端拒绝这样的页，客户端就会出错。',
  'Stop when offset reaches total, and when nextPageCursor is absent.':
    'offset 达到 total 或没有 nextPageCursor 时停止。',
  'offset {} of {}, which has {} records.': '{2} 只有 {3} 条记录，却请求了 offset {1}。',
  'cursor {} was not a nextPageCursor of the task.': 'cursor {} 不是该任务返回的 nextPageCursor。',
  'Polls a running task too fast': '轮询执行中的任务过于频繁',
  'Polls cost quota and tell nothing new; under load they are what gets a client throttled.':
    '频繁轮询消耗配额又得不到新信息；高负载时客户端会因此被限流。',
  'Wait at least a second between two polls of a task, longer for large batches.':
    '同一任务两次轮询至少间隔一秒，大批次应更长。',
  'Task {}: {} of {} polls came within {} ms of virtual time after the one before, the fastest after {} ms.':
    '任务 {}：{3} 次轮询中有 {2} 次与前一次间隔不足 {4} 毫秒（虚拟时间），最短 {5} 毫秒。',
  'Polls or retries without backing off': '轮询或重试没有退避',
  'A service in trouble gets the same load from every client at once and does not recover.':
    '服务异常时仍承受所有客户端的同等负载，无法恢复。',
  'Let the wait grow with each poll and each failure, up to a bound, with some jitter.':
    '每次轮询和失败后逐步加大等待时间，设置上限并加入随机抖动。',
  'Task {}: {} polls, and the wait never grew ({} ms at first, {} ms at most).':
    '任务 {}：轮询 {} 次，等待时间从未加大（最初 {} 毫秒，最长 {} 毫秒）。',
  '{} failed {} times in a row and was retried without a growing wait.': '{} 连续失败 {} 次，重试的等待时间没有加大。',
  'Goes on polling a finished task': '任务结束后仍继续轮询',
  'Status 2 and 3 are final: the client misses them, and may never stop.':
    '状态 2 和 3 为最终状态：客户端没有识别，可能永远不会停止。',
  'Stop polling at status 2 (done) or 3 (failed), then read every page once.':
    '状态为 2（完成）或 3（失败）时停止轮询，再逐页读取一次。',
  'Task {} was finished at {} and asked for the same page {} more times.':
    '任务 {} 已于 {} 结束，此后同一页又请求了 {} 次。',
  '{} from row {}': '{} 自第 {} 行起',
  'Ignores Retry-After': '忽略 Retry-After',
  'Calls within the wait are refused again, and some services lengthen the wait for each of them.':
    '等待期内的调用会再次被拒绝，有些服务还会因此延长等待时间。',
  'After an answer with Retry-After, wait that many seconds before the next call of the operation.':
    '收到带 Retry-After 的响应后，等待相应的秒数再调用该接口。',
  '{} was to wait {} s and was called again after {} s.': '{} 应等待 {} 秒，却在 {} 秒后再次调用。',
  'Rounds ids': 'ID 精度丢失',
  'A JSON library that reads numbers as doubles changes the last digits of ids beyond 2^53; the call then names another department or task, or none.':
    '以双精度浮点数读取数字的 JSON 库会改变超过 2^53 的 ID 的末几位，请求就会指向其他部门或任务，或不存在的对象。',
  'Keep ids as strings, or parse integers as 64-bit or big integers.':
    'ID 用字符串保存，或将整数解析为 64 位整数或大整数。',
  '{} is {}: {} rounded to a double.': '{} 为 {}，是 {} 按双精度浮点数舍入的结果。',
  'Uses names that no page lists': '使用了文档没有的参数或字段名',
  'An unknown parameter or field is ignored, or refused, without a word: a filter that does not filter goes unnoticed.':
    '未知的参数或字段会被忽略，或不加说明地拒绝：过滤条件不起作用也难以察觉。',
  'Use the documented names; X-Mock-Diagnosis of each call says which one is probably meant.':
    '使用文档中的名称；每次调用的 X-Mock-Diagnosis 会提示可能的正确名称。',
  'The journal kept the last {} calls and dropped {}; what they did is not judged. Raise --max-journal.':
    '请求日志保留了最近 {} 次调用，丢弃了 {} 次，被丢弃的不作评判。请调大 --max-journal。',
  'Calls whose AppId or token belongs to no sandbox are not judged ({}): GET /__admin/sandboxes/{}/requests.':
    'AppId 或令牌不属于任何沙箱的调用不作评判（{} 次）：GET /__admin/sandboxes/{}/requests。',
  'own route {}': '自定义路由 {}',
  'Own routes': '自定义路由',
  'a list that does not fit into a page': '一页放不下的列表',
  'a further page of a list was read': '读取了列表的后续页',
  'a list without a record': '没有记录的列表',
  'outcomes of rows that do not fit into a page': '一页放不下的各行结果',
  'a further page of outcomes was read': '读取了各行结果的后续页',
  'a task with some rows settled and others not': '部分行已处理、部分行未处理的任务',
  'a batch of {} users': '{} 个用户的批次',
  'a row that passes the pre-verification': '通过前置校验的行',
  'a row that fails the pre-verification': '未通过前置校验的行',
  'an access token that expired': '过期的访问令牌',
  'a signature that is wrong': '错误的签名',
  'an X-Date that is too old or in the future': '过期或晚于服务端时间的 X-Date',
  'an answer with Retry-After': '带 Retry-After 的响应',
  'a call with an injected fault': '被注入的故障命中的调用',
  'a message in Chinese': '中文消息',
  'a trace id that comes back': '响应中带回的跟踪 ID',
  'the user was provisioned': '用户开户成功',
  'the user exists already': '用户已存在',
  'the user could not be provisioned': '用户开户失败',
  'Operations and their outcomes': '接口及其结果',
  'Errors, in an answer or in a row': '错误（在响应或行中）',
  'Outcomes of rows': '各行结果',
  'States of tasks': '任务状态',
  Situations: '情形',
  'status {}': '状态 {}',
  success: '成功',
}
