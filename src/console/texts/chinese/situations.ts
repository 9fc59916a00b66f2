/** Errors and scenarios. */
export const situations: Readonly<Record<string, string>> = {
  'a parameter is missing, malformed or out of range': '参数缺失、格式错误或超出范围',
  'a service behind KooDrive failed': 'KooDrive 后端的服务调用失败',
  'the space is missing or abnormal': '空间不存在或状态异常',
  'a task, department or user is unknown in the organisation': '组织内没有该任务、部门或用户',
  'a department would lie below the fifth level': '部门层级将超过五级',
  'the free capacity does not suffice': '剩余容量不足',
  'the caller may not see what was asked for': '调用者无权查看所请求的内容',
  'a row of a batch names a phone that has a user (in the row, not in the envelope), or createUser a member who is a user':
    '批量开户的某一行手机号已有用户（错误码在该行，不在外层），或 createUser 添加的成员已是用户',
  'the token or the signature is missing, malformed, expired or wrong': '令牌或签名缺失、格式错误、已过期或不正确',
  'no operation has this path': '没有该路径的接口',
  'the path is known, the method is not': '路径存在，但不支持该请求方法',
  'the request did not arrive in time': '请求未在规定时间内到达',
  'the body exceeds 12 MB': '请求体超过 12 MB',
  'the body is not declared as JSON (only with the reading content-type=json-required)':
    '请求体未声明为 JSON（仅在解读选项 content-type=json-required 时）',
  'the header Expect asks for anything but 100-continue': '请求头 Expect 的值不是 100-continue',
  'a page of another site sent the request through a browser (the mock protects itself)':
    '请求由其他网站的页面经浏览器发出（模拟服务的自我保护）',
  'a throttling fault is active': '限流故障生效中',
  'the headers exceed 16 KB': '请求头超过 16 KB',
  'the bytes are not an HTTP request': '收到的字节不是 HTTP 请求',
  'an error fault, a route or a row of a batch asks for it: the mock has no files':
    '由注入的 error 故障、自定义路由或批次中的行指定：模拟服务没有文件',
  'an error fault is active': '注入的 error 故障生效中',
  'an outage or error fault is active, or there is no room for further large bodies at once':
    '停机或注入的 error 故障生效中，或接收缓冲区已满，暂时无法接收更多大请求体',
  'Everything works': '一切正常',
  'The plain life of a client: provision, poll until the task is done, read the outcomes, find the users. Tasks take time even here, so a client that does not poll sees an unfinished task.':
    '客户端的常规流程：批量开户、轮询直到任务完成、读取结果、查到用户。即使在这里任务也需要时间，不轮询的客户端只会看到未完成的任务。',
  'Users that exist already': '用户已存在',
  'Every other row names a phone that has a user. Such a row is skipped, not failed: code 40000009, with the userId of the user there is. Take that userId and go on; a client that counts skips as errors, or sends them again, never comes to an end.':
    '每隔一行的手机号已有用户。这样的行是跳过而不是失败：错误码 40000009，并带有已有用户的 userId。取用该 userId 继续即可；把跳过当作错误或反复重发的客户端永远不会结束。',
  'Some rows fail': '部分行失败',
  'The task ends as done although every other row failed. A status of 2 says that the batch was worked through, not that it worked: read the outcome of each row on every page, and report or repair the failed ones by their codes.':
    '尽管每隔一行失败，任务仍以完成状态结束。状态 2 表示批次已处理完，并不表示全部成功：请逐页读取每一行的结果，并按错误码上报或修正失败的行。',
  'Every row fails': '全部失败',
  'Not one user is created, and still create and query answer 200 and code 0. A client that looks at the envelope only reports a success.':
    '没有任何用户开户成功，但创建和查询仍返回 200 和 code 0。只看外层返回的客户端会误报成功。',
  'A batch that takes minutes': '耗时数分钟的批次',
  'The task waits half a minute and then settles one row a second. Poll at a calm pace with a deadline of your own, show the counts as they grow, and keep the task id: a second create would provision twice.':
    '任务等待半分钟后每秒处理一行。请以平缓的间隔轮询并自设截止时间，展示增长中的计数，并保存任务 ID：再次创建会重复开户。',
  'A batch that never ends': '永不结束的批次',
  'Half of the rows settle, the rest never does, and the status stays 1 for ever. A client needs a deadline, and words for a task that was neither done nor failed.':
    '一半的行处理完毕，其余永远不会处理，状态一直为 1。客户端需要截止时间，并能说明既未完成也未失败的任务。',
  'A task that fails as a whole': '整体失败的任务',
  'The second row makes the whole task fail: status 3, and the rows after it have no outcome at all. The counts then do not add up to the total. Do not wait for them, and find out what was provisioned before.':
    '第二行导致整个任务失败：状态为 3，其后的行没有任何结果，此时各计数之和不等于总数。不要继续等待，请查明此前哪些用户已开户。',
  'Somebody else is faster': '他人抢先',
  'Pre-verification passes, and yet every other row is skipped: somebody creates the same user between preverify and create. A check before an act is a hint, never a promise. Take the userId of the skipped row instead of calling it a failure.':
    '前置校验通过，但每隔一行仍被跳过：有人在前置校验与创建之间创建了相同的用户。事前校验只是提示，不是保证。请取用被跳过行的 userId，而不要当作失败。',
  'No capacity left': '容量用尽',
  'The organisation has no free capacity: pre-verification refuses every row that asks for space, and every row of a batch fails with 13000311. Nothing a retry could cure; tell the operator.':
    '组织没有剩余容量：前置校验拒绝每一个申请空间的行，批次的每一行都以 13000311 失败。重试无济于事，请通知运维人员。',
  'Nobody there yet': '空组织',
  'Departments, but no users in them. Lists are empty with total 0, there is no second page, and a search finds nothing: the first run of a client in a new organisation.':
    '有部门但没有用户。列表为空，total 为 0，没有第二页，搜索也没有结果：这是客户端在新组织中的首次运行。',
  'A million users': '一百万用户',
  'A full listing takes ten thousand pages. Page with the largest limit, narrow by department or keyWord, work while you read, and never hold the whole list in memory just to look up one user.':
    '完整遍历需要一万页。请使用最大的 limit，按部门或 keyWord 缩小范围，边读边处理，不要为了查一个用户而把整个列表放进内存。',
  'Tokens die while a client works': '令牌中途过期',
  'Tokens live five seconds, no call extends them, and a batch takes longer than that. The token of the first call is dead when the users are listed at the end. Get a new token when a call is refused with 401, and repeat that call once.':
    '令牌只有五秒有效期，调用不会顺延，而批次耗时更长。到最后查询用户列表时，最初的令牌已经失效。收到 401 时请获取新令牌，并将该调用重试一次。',
  'Your clock is two minutes fast': '本地时钟快两分钟',
  'The clock of the service is two minutes behind. An X-Date in the future is refused at once, without tolerance. Compare your clock with the Date header of the refusal, sign with the corrected time, and repeat the call.':
    '服务端时钟慢两分钟。晚于服务端时间的 X-Date 会立即被拒绝，没有容差。请将本地时钟与拒绝响应的 Date 响应头比较，用校正后的时间重新签名并重试。',
  'Too many requests': '请求过多',
  'Five calls pass in any ten seconds; the others are refused with 429 and a Retry-After that says when the next window opens. Wait that long, then go on. A client that retries at once only uses up the next window.':
    '每十秒放行五次调用，其余返回 429，并由 Retry-After 说明下一个窗口何时开始。请等待相应时间后继续；立即重试只会耗尽下一个窗口。',
  'Now and then it breaks': '偶发故障',
  'A call in five meets a 500, a 503 or a connection that is cut, some of them after the service has done the work. Reads may be repeated with a growing pause. A create that ended without an answer may have arrived: look before you send it again.':
    '五分之一的调用会遇到 500、503 或连接中断，其中一些发生在服务处理之后。读操作可以以递增的间隔重试。没有得到响应的创建请求可能已经到达：重发之前请先查询。',
  'A slow line': '慢速网络',
  'Every answer is late, and its body comes in small pieces. Set a timeout for the whole call, not just for the connection, and make it long enough: a call that you gave up on may have been carried out.':
    '每个响应都迟到，响应体分小段到达。请为整个调用设置超时，而不只是连接超时，并留足时间：被放弃的调用可能已经执行。',
  'Answers that are not JSON': '响应不是 JSON',
  'The first answer and every other after it is cut short by a proxy, so it has status 200 and is not JSON. Treat it as a failed call, not as an empty result, and not as a reason to crash.':
    '第一个响应及其后每隔一个响应被代理截断，状态为 200 但不是 JSON。请视为调用失败，不要当作空结果，也不要因此崩溃。',
  Maintenance: '停机维护',
  'For thirty seconds, and again every ten minutes, the service answers 503 with a Retry-After that counts down to the end of the outage. Wait for that long instead of hammering, and resume where you were.':
    '服务每十分钟有三十秒返回 503，Retry-After 倒计时到停机结束。请等待相应时间而不要连续重试，然后从中断处继续。',
  'Users arrive while you page': '翻页时有新用户加入',
  'After every page that you read, somebody joins at the front of the list, so all others move on by one. The last user of a page appears again on the next one, and total grows. Recognise users by userId, and read until a page is short instead of until you have counted up to the first total.':
    '每读一页，列表前端就加入一个用户，其余用户后移一位。一页的最后一个用户会在下一页再次出现，total 也会增长。请按 userId 识别用户，并一直读到不满一页为止，而不是数到最初的 total。',
  'A working day': '日常工作日',
  'All of it in small doses: answers that take their time, an error or a refusal for haste now and then, batches that need a while, rows that fail or exist already. A client that gets through this a hundred times is ready.':
    '各种情况少量出现：较慢的响应、偶发的错误或限流、耗时的批次、失败或已存在的行。能通过一百次的客户端就可以上线了。',
}
