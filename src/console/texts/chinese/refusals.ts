/** Why the service of the mock refuses a request: what X-Mock-Diagnosis says besides a signature. */
export const refusals: Readonly<Record<string, string>> = {
  'The access token is not known here. Check it for a typing error, or issue a new one.':
    '访问令牌未知。请检查是否有误，或重新签发。',
  'The session of the access token was ended at {}. Sign in again.': '访问令牌的会话已于 {} 结束。请重新登录。',
  'The access token expired at {}; it is {} now. Get a new token and retry.':
    '访问令牌已于 {} 过期，当前时间为 {}。请获取新令牌后重试。',
  'listUserSpaces takes an application token here.': '此处 listUserSpaces 只接受应用令牌。',
  'The user of the access token was deleted.': '访问令牌的用户已被删除。',
  'The user of the access token is disabled (status 1).': '访问令牌的用户已被停用（状态 1）。',
  'Authorization is not Bearer+<token>, Bearer <token> or the bare token.':
    'Authorization 不是 Bearer+<token>、Bearer <token> 或单独的令牌。',
  'Authorization must be spelled Bearer{}<token> here.': '此处 Authorization 必须写作 Bearer{}<token>。',
  'There is no Authorization header. {} takes Bearer <access token>.':
    '缺少 Authorization 请求头。{} 需要 Bearer <访问令牌>。',
  'There is no Authorization header. {} takes Bearer <access token> or an app signature.':
    '缺少 Authorization 请求头。{} 需要 Bearer <访问令牌> 或应用签名。',
  'The header Authorization was sent more than once; send it once.': 'Authorization 请求头发送了多次，请只发送一次。',
  '{} takes the access token of a user; session management does not support app signatures.':
    '{} 需要用户的访问令牌，会话管理不支持应用签名。',
  'The caller has role {}; only administrators (roles 0 and 2) may call this operation.':
    '调用者的角色为 {}，只有管理员（角色 0 和 2）可以调用该接口。',
  'X-User-Id names a user with role {}; only administrators may provision users here.':
    'X-User-Id 对应用户的角色为 {}，此处只有管理员可以批量开户。',
  'This organisation has no department {}.': '该组织没有部门 {}。',
  'It looks like {} rounded to a double: send ids as strings or as exact 64-bit integers.':
    '它像是 {} 按双精度浮点数舍入的结果：ID 请以字符串或精确的 64 位整数发送。',
  'The caller administers department {}; {} lies outside of it.': '调用者管理部门 {}，而 {} 不在其范围内。',
  'The caller administers department {}; task {} was created by nobody of it.':
    '调用者管理部门 {}，而任务 {} 并非由其中的人创建。',
  'The caller administers department {}; user {} belongs to {}, outside of it.':
    '调用者管理部门 {}，用户 {} 属于 {}，不在其范围内。',
  'This organisation has no user {}.': '该组织没有用户 {}。',
  'This organisation has no user {}. Use the id of listUsers, as a string: a JSON number loses its last digits.':
    '该组织没有用户 {}。请使用 listUsers 返回的 id 并以字符串保存：JSON 数字会丢失末几位。',
  'There is no group {}: the mock has spaces of departments (type 0) and users (type 1).':
    '没有群组 {}：模拟服务只有部门空间（类型 0）和用户空间（类型 1）。',
  'There is no group {}: the mock has no group spaces.': '没有群组 {}：模拟服务没有群组空间。',
  '{} has no space. Create one with POST /koodrive/ose/v1/space/{}.':
    '{} 没有空间。请用 POST /koodrive/ose/v1/space/{} 创建。',
  '{} has no space {}; it has {}.': '{} 没有空间 {}，现有 {}。',
  '{} has no space.': '{} 没有空间。',
  '{} has no space with the containerId {}.': '{} 没有 containerId 为 {} 的空间。',
  'The caller has role {}; only a system administrator (role 2) gives role {}.':
    '调用者的角色为 {}，只有系统管理员（角色 2）可以授予角色 {}。',
  'The token stands for an application, not for a user. Sign in, and send the access token of the user.':
    '该令牌属于应用而不是用户。请登录后发送用户的访问令牌。',
  'This organisation has no task {}. Use taskId of createTask, as a string: a JSON number loses its last digits. The tasks of createBatchProvisioningTask are asked for at /user/batchRegister/get.':
    '该组织没有任务 {}。请使用 createTask 返回的 taskId 并以字符串保存：JSON 数字会丢失末几位。createBatchProvisioningTask 的任务请在 /user/batchRegister/get 查询。',
  'This organisation has no task {}. Use the data of createBatchProvisioningTask, called with the same AppId, as a string: a JSON number loses its last digits.':
    '该组织没有任务 {}。请使用以同一 AppId 调用 createBatchProvisioningTask 返回的 data，并以字符串保存：JSON 数字会丢失末几位。',
  'Task {} is finished and was dropped: only the newest {} rows are kept (limits.retainedTaskRows of the scenario).':
    '任务 {} 已结束并被清除：只保留最新的 {} 行（场景的 limits.retainedTaskRows）。',
  'cursor is malformed. Pass nextPageCursor of the page before, or 0 for the first page.':
    'cursor 格式错误。请传入上一页的 nextPageCursor，第一页传 0。',
  'cursor is out of range: the task has {} settled rows. Pass nextPageCursor of the page before.':
    'cursor 超出范围：该任务已处理 {} 行。请传入上一页的 nextPageCursor。',
  'name is empty or has only white space.': 'name 为空白。',
  'name has {} characters; the member guide allows {}.': 'name 有 {} 个字符，成员指南允许 {} 个。',
  'Department {} has a sub-department of this name already; names are unique beside each other.':
    '部门 {} 已有同名的下级部门，同级部门不能重名。',
  'X-Traceid has {} characters; it takes exactly {} visible ASCII characters, or leave it out.':
    'X-Traceid 有 {} 个字符，要求恰好 {} 个可见 ASCII 字符，也可以不传。',
  'taskType is missing. Give 0 to transfer and delete, or 1 to import.': '缺少 taskType。0 为移交并删除，1 为导入。',
  'There is no upload {}: the reading import-upload says that none is known.':
    '没有上传 {}：解读选项 import-upload 设为不存在任何上传。',
  '{} is missing: it is mandatory for taskType {}.': '缺少 {}：taskType 为 {} 时必填。',
  'Task {} is a transfer: only an import has a result. Ask getTask for its status.':
    '任务 {} 是移交任务，只有导入任务有结果。请用 getTask 查询其状态。',
  'taskId is missing. Give taskId of createTask.': '缺少 taskId。请传入 createTask 返回的 taskId。',
  'The body changes nothing. Give status or capacity.': '请求体没有任何更改。请传入 status 或 capacity。',
  'The body changes nothing. Give deptId, role or status.': '请求体没有任何更改。请传入 deptId、role 或 status。',
  'there is no department "{}" under {}': '{2} 下没有部门 "{1}"',
  'personalCapacity must be 0 when isAllocateCapacity is false':
    'isAllocateCapacity 为 false 时 personalCapacity 必须为 0',
  'personalCapacity must be above 0 GB when isAllocateCapacity is true':
    'isAllocateCapacity 为 true 时 personalCapacity 必须大于 0 GB',
  '{} GB exceed the free capacity of {} GB': '{} GB 超出剩余容量 {} GB',
  '{} GB exceed the free capacity of {} GB.': '{} GB 超出剩余容量 {} GB。',
  'phone takes 5 to 20 digits, with or without a leading +': 'phone 要求 5 至 20 位数字，开头可带 +',
  'email is not an e-mail address': 'email 不是有效的邮箱地址',
  'password takes 8 characters or more with letters and digits, no space, and no character three times in a row':
    'password 至少 8 个字符，须含字母和数字，不含空格，且同一字符不得连续出现三次',
  'The user exists already.': '用户已存在。',
  'There is not enough free capacity.': '剩余容量不足。',
  'The root department has no parent: it can neither be moved nor updated.': '根部门没有上级部门，不能移动或修改。',
  'Department {} is {} itself or lies below it: the tree would have a cycle.':
    '部门 {} 就是 {} 本身或其下级，部门树会形成循环。',
  'The root department cannot be deleted.': '根部门不能删除。',
  'Department {} still holds {}. Move or delete them first.': '部门 {} 仍有 {}。请先移动或删除。',
  '1 user': '1 个用户',
  '{} users': '{} 个用户',
  '{} sub-department': '{} 个下级部门',
  '{} sub-departments': '{} 个下级部门',
  '{} users and {} sub-departments': '{} 个用户和 {} 个下级部门',
  'The tree would have {} levels; at most {} are possible, the root department included.':
    '部门树将有 {} 级，最多允许 {} 级（含根部门）。',
  'The authorization code is not known here. Sign in again to get one.': '授权码未知。请重新登录获取。',
  'The authorization code was used already: it opens one session. Sign in again.':
    '授权码已使用过：一个授权码只能创建一个会话。请重新登录。',
  'The authorization code expired at {}. Sign in again.': '授权码已于 {} 过期。请重新登录。',
  'The access token belongs to no open session. Sign in again.': '访问令牌不属于任何有效会话。请重新登录。',
  'x-session-id is not that of the session of the access token.': 'x-session-id 与访问令牌的会话不一致。',
  'User {} is disabled and cannot sign in. Enable the user first.': '用户 {} 已被停用，不能登录。请先启用该用户。',
  '{} has {} spaces, the most that the mock keeps for an owner.': '{} 已有 {} 个空间，达到模拟服务对单个所有者的上限。',
  '{} KB of the space are used: it cannot shrink to {} GB.': '空间已使用 {} KB，不能缩小到 {} GB。',
  'srcUserId and dstUserId are the same user: nobody is left to receive.':
    'srcUserId 与 dstUserId 是同一用户，没有接收者。',
  'User {} has no space to receive files.': '用户 {} 没有可接收文件的空间。',
  'User {} exists already, with the id {}.': '用户 {} 已存在，ID 为 {}。',
  'Nobody can delete himself or herself. Let another administrator do it.': '用户不能删除自己。请由其他管理员操作。',
  'User {} is the last system administrator who can sign in, and cannot be {}.':
    '用户 {} 是最后一个可以登录的系统管理员，不能被{}。',
  deleted: '删除',
  'changed so': '如此修改',
  'The sandbox of this AppId or token was deleted or reset while the request was under way.':
    '请求处理期间，该 AppId 或令牌的沙箱被删除或重置。',
  'The AppId or token belongs to no sandbox of this server.': '该 AppId 或令牌不属于本服务的任何沙箱。',
  'Sandbox {} was deleted, reset or replaced meanwhile.': '沙箱 {} 已被删除或重置。',
  'This path takes {}, not {}.': '该路径支持 {}，不支持 {}。',
  'No operation and no route has {} {}.': '没有接口或路由匹配 {} {}。',
  'Did you mean {}?': '是否应为 {}？',
  'The paths are listed in GET /__admin/openapi.json.': '所有路径见 GET /__admin/openapi.json。',
  'A path that the mock does not have can be answered by a route (--routes FILE, PUT /__admin/sandboxes/ID/routes) or passed on (--fallback URL).':
    '模拟服务没有的路径可由自定义路由应答（--routes FILE、PUT /__admin/sandboxes/ID/routes），或转发到其他服务（--fallback URL）。',
  '{} Nothing is known to be stored of this request; send it again.': '{}无法确认该请求已保存，请重新发送。',
  'The mock itself failed; its log has the cause. Please report it.': '模拟服务自身出错，原因见其日志。请反馈该问题。',
  'No operation and no route takes this, so it was to go on to {}. {}': '没有接口或路由匹配该请求，因此应转发到 {}。{}',
  'No operation and no route takes this; {} has answered it.': '没有接口或路由匹配该请求，由 {} 应答。',
  'If that is about the signature: {}.': '如果与签名有关：{}。',
  'the client signed Host: {}, but {} has to send Host: {}, so the signature cannot be right there':
    '客户端签名的是 Host: {}，但{}必须发送 Host: {}，因此签名在那里不可能正确',
  'the fallback': '转发目标',
  'Calls on their way to the fallback hold as many bytes as they may. Send this again soon.':
    '转发中的请求占用的字节数已达上限，请稍后重试。',
  'This machine was called by the name {}, as a page does that has its own name lead here. Call it by localhost or 127.0.0.1.':
    '请求以名称 {} 访问本机，可能来自将自己的域名指向此处的网页。请用 localhost 或 127.0.0.1 访问。',
  'It has come back: the fallback leads to this server itself. Check --fallback.':
    '请求又回到了这里：转发目标就是本服务。请检查 --fallback。',
  'Its path leads out of the fallback, so it was not sent.': '其路径超出转发目标的范围，因此没有发送。',
  'Its path or body holds a secret of the sandbox, so it was not sent. --fallback-credentials sends it all the same.':
    '其路径或请求体含有沙箱的密钥，因此没有发送。使用 --fallback-credentials 可照常发送。',
  'The fallback': '转发目标',
  'The call was broken off before {} had answered: its client hung up, or this program was stopped.':
    '在{}应答之前，调用已中断：客户端已断开，或本程序已停止。',
  'The body: expected {}, got {}.': '请求体：应为{}，实际为{}。',
  '{} gave no answer in {} ms.': '{}在 {} 毫秒内没有响应。',
  '{} has a certificate that is not trusted ({}). Give its authority by {}.':
    '{}的证书不受信任（{}）。请用 {} 提供其 CA 证书。',
  '{} cannot be reached. Check {}.': '{}无法连接。请检查 {}。',
  '{} cannot be reached ({}). Check {}.': '{}无法连接（{}）。请检查 {}。',
  '{} answers more than {} bytes; the rest was not read.': '{}的响应超过 {} 字节，其余部分没有读取。',
  '{} redirects to {}; nothing was sent there. Give that as {} if you mean it.':
    '{}重定向到 {}，没有向那里发送任何内容。如确有需要，请将其设为 {}。',
  'an address that is none': '无效的地址',
  'A page of another site sent this through a browser (Sec-Fetch-Site: {}). Call from a program or from a page of this server, or allow that site by --cors ORIGIN.':
    '请求由其他网站的页面经浏览器发出（Sec-Fetch-Site: {}）。请从程序或本服务的页面调用，或用 --cors ORIGIN 允许该网站。',
  '{} ({}) answers for the service; the request was carried out.': '{}（{}）代替服务应答，请求已执行。',
  '{} ({}) answers for the service; the request had no effect.': '{}（{}）代替服务应答，请求没有生效。',
  'Wait {} s (Retry-After), then try again.': '请等待 {} 秒（Retry-After）后重试。',
  'The connection was reset instead of an answer.': '连接被重置，没有应答。',
  'The request had no effect.': '请求没有生效。',
  'The request was carried out.': '请求已执行。',
  'The client hung up while the answer was held back.': '应答延迟期间客户端断开了连接。',
  'The client hung up before its request was complete.': '请求尚未发送完毕，客户端就断开了连接。',
  'The body is larger than {} bytes.': '请求体超过 {} 字节。',
  'The body is larger than {} bytes. Split the batch: 1,000 users are far smaller.':
    '请求体超过 {} 字节。请拆分批次：1000 个用户远小于此。',
  'The body comes in more than {} pieces. Send larger ones.': '请求体被分成超过 {} 段发送。请使用更大的分段。',
  'All bodies that are being read take at most {} bytes together, and this is the largest. Send it again when others are done.':
    '正在读取的所有请求体合计最多 {} 字节，而该请求体最大。请待其他请求完成后重试。',
  'The request did not arrive in time. Send it in one go.': '请求未在规定时间内到达。请一次性发送完毕。',
  'The headers exceed {} bytes. Send fewer or shorter ones.': '请求头超过 {} 字节。请减少数量或缩短内容。',
  'The request target holds a space or a character beyond ASCII. Percent-encode it as UTF-8: %20 for a space, %E9%83%A8 for 部.':
    '请求目标含有空格或非 ASCII 字符。请按 UTF-8 做百分号编码：空格为 %20，“部”为 %E9%83%A8。',
  'The request target is no path. It begins with a slash, such as /koodrive/ose/v1/userList.':
    '请求目标不是路径。路径以斜杠开头，例如 /koodrive/ose/v1/userList。',
  'The body is not in chunks as its headers say ({}). Each begins with a line of its size, in hexadecimal.':
    '请求体未按请求头声明的方式分块（{}）。每个分块以一行十六进制的长度开头。',
  'The bytes are no HTTP/1.1 request ({}). Send a request line, header lines with a colon, and an empty line.':
    '收到的字节不是 HTTP/1.1 请求（{}）。请依次发送请求行、带冒号的请求头行和空行。',
  'CONNECT asks for a tunnel, which is no method of the API.': 'CONNECT 用于建立隧道，不是接口的请求方法。',
  'Expect: {} is not known; only 100-continue is. Leave it out.':
    '不支持 Expect: {}，只支持 100-continue。请去掉该请求头。',
  'Content-Type is absent; application/json is required here.': '缺少 Content-Type，此处要求 application/json。',
  'Content-Type is "{}"; application/json is required here.': 'Content-Type 为 "{}"，此处要求 application/json。',
  'The request has no body; a JSON object is expected.': '请求没有请求体，应为 JSON 对象。',
  'The body is not valid UTF-8.': '请求体不是有效的 UTF-8。',
  'The body is not JSON: {}.': '请求体不是 JSON：{}。',
  'it ends too early, at line {}, column {}': '在第 {} 行第 {} 列过早结束',
  'a comma before the closing bracket at line {}, column {}': '第 {} 行第 {} 列的右括号前多了逗号',
  'a single quote where JSON has double quotes at line {}, column {}': '第 {} 行第 {} 列是单引号，JSON 使用双引号',
  'a comment, which JSON does not have, at line {}, column {}': '第 {} 行第 {} 列有注释，JSON 不支持注释',
  'something unexpected, or a string that has a line end in it or does not end, at line {}, column {}':
    '第 {} 行第 {} 列有意外的内容，或字符串中有换行、没有结束',
  'a word without double quotes at line {}, column {}': '第 {} 行第 {} 列的单词没有双引号',
  'something unexpected at line {}, column {}': '第 {} 行第 {} 列有意外的内容',
  'The body is nested more than {} levels deep.': '请求体嵌套超过 {} 层。',
  'The body has more than {} lists, objects, entries and fields.': '请求体的列表、对象、条目和字段合计超过 {} 个。',
  'The body has more than {} lists, objects, entries and fields; no request of the API comes near.':
    '请求体的列表、对象、条目和字段合计超过 {} 个，没有接口的请求会接近这个数量。',
  'Sandbox {} has {} commands, as many as a store keeps of one. POST /__admin/sandboxes/{}/reset empties it; or take a new sandbox for each run.':
    '沙箱 {} 已有 {} 条命令，达到存储对单个沙箱的上限。POST /__admin/sandboxes/{}/reset 可将其重置，也可以每次运行新建沙箱。',
  '{} was given more than once.': '{} 传入了多次。',
  'The query is not percent-encoded UTF-8: a % must be followed by two hex digits.':
    '查询参数不是有效的 UTF-8 百分号编码：% 之后必须是两位十六进制数字。',
  '{} is not documented.': '文档中没有 {}。',
  '{} is not documented; did you mean {}?': '文档中没有 {}，是否应为 {}？',
  'A name of {} characters': '长度为 {} 个字符的名称',
  'And {} more.': '另有 {} 个。',
  'The route {} answers this error.': '路由 {} 返回该错误。',
  'The conditions with contains of all own routes look through more than {} characters of this request. Send less, or ask for what a field equals.':
    '所有自定义路由中带 contains 的条件要在此请求中查找的内容超过 {} 个字符。请减少发送的内容，或改为要求字段等于某个值。',
  'The answer of the route {} became larger than {} characters. Repeat less of the request in it.':
    '路由 {} 的应答超过 {} 个字符。请减少其中重复请求内容的部分。',
}
