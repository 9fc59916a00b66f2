/** Mistakes in headers, dates, keys and the signature itself: title and cure. */
export const mistakes: Readonly<Record<string, string>> = {
  'There is no Authorization header': '缺少 Authorization 请求头',
  'send Authorization: {}': '请发送 Authorization: {}',
  'There is more than one Authorization header': 'Authorization 请求头不止一个',
  'send one': '只发送一个',
  'The request is signed by the stock SDK scheme of the vendor (SDK-HMAC-SHA256, X-Sdk-Date)':
    '请求使用了厂商通用 SDK 的签名方式（SDK-HMAC-SHA256、X-Sdk-Date）',
  'KooDrive wants {}, the header X-Date instead of X-Sdk-Date, and a string to sign of two lines':
    'KooDrive 要求 {}，请求头用 X-Date 而不是 X-Sdk-Date，待签名字符串为两行',
  'Authorization holds an access token (Bearer) instead of a signature':
    'Authorization 中是访问令牌（Bearer），而不是签名',
  'sign this request: {}': '请对该请求签名：{}',
  'Authorization holds HTTP Basic credentials instead of a signature': 'Authorization 中是 HTTP Basic 凭据，而不是签名',
  'sign the request with the AppSecret and do not send it: {}': '用 AppSecret 对请求签名，不要发送 AppSecret 本身：{}',
  'The request is signed by AWS Signature Version 4': '请求使用了 AWS Signature Version 4 签名',
  'KooDrive wants HMAC-SHA256 {}': 'KooDrive 要求 HMAC-SHA256 {}',
  'Authorization cannot be read': 'Authorization 无法解析',
  'send HMAC-SHA256 {}': '请发送 HMAC-SHA256 {}',
  'The AppSecret was sent as the AppId': '把 AppSecret 当作 AppId 发送了',
  'send the AppId, sign with the AppSecret, and have the AppSecret replaced: it has travelled in the open':
    '发送 AppId，用 AppSecret 签名，并更换 AppSecret：它已经明文传输过',
  'The AppId was sent in another case': '发送的 AppId 大小写不对',
  'send it as it was issued, in lower case': '按签发时的小写形式发送',
  'The AppId was sent with quotes or brackets around it': '发送的 AppId 带有引号或括号',
  'send AppId=<id> with the bare id': '发送 AppId=<id>，其中 <id> 不加任何符号',
  'The AppId is not the one of this application': 'AppId 不是该应用的 AppId',
  'check the AppId and the environment it was issued for': '检查 AppId 以及它所属的环境',
  'SignedHeaders does not list x-date and x-user-id': 'SignedHeaders 中没有列出 x-date 和 x-user-id',
  'sign both headers and list them': '对这两个请求头签名并列入 SignedHeaders',
  'SignedHeaders lists a header that the request does not have': 'SignedHeaders 列出了请求中没有的请求头',
  'send the header, or take it off the list and sign again (a proxy may have dropped it)':
    '发送该请求头，或将其移出列表后重新签名（可能被代理丢弃了）',
  'There is no X-Date header': '缺少 X-Date 请求头',
  'There is more than one X-Date header': 'X-Date 请求头不止一个',
  'X-Date is not a date of the form yyyyMMddTHHmmssZ': 'X-Date 不是 yyyyMMddTHHmmssZ 格式的时间',
  'send the current UTC time as yyyyMMddTHHmmssZ, for instance 20240831T143829Z':
    '按 yyyyMMddTHHmmssZ 格式发送当前 UTC 时间，例如 20240831T143829Z',
  'X-Date looks like it was written by a pattern that is nearly right': '生成 X-Date 的格式串似乎有细微错误',
  "write it by yyyyMMdd'T'HHmmss'Z' in UTC (strftime: %Y%m%dT%H%M%SZ)":
    "用格式串 yyyyMMdd'T'HHmmss'Z' 按 UTC 生成（strftime：%Y%m%dT%H%M%SZ）",
  'X-Date is right by the real time, but the clock of this sandbox was moved':
    'X-Date 与真实时间相符，但该沙箱的时钟被调整过',
  '{}, or take X-Date from the clock of the sandbox': '{}，或按沙箱的时钟生成 X-Date',
  'set it back': '将时钟调回',
  'X-Date looks like local time with a Z at its end': 'X-Date 似乎是本地时间，只是末尾加了 Z',
  'write UTC, not local time': '使用 UTC 时间，不要使用本地时间',
  'X-Date is too old': 'X-Date 已过期',
  'sign right before sending, again for every attempt, and set the clock right':
    '每次发送（包括重试）前重新签名，并校准本机时钟',
  'X-Date is later than the time of the server': 'X-Date 晚于服务端时间',
  'set the clock right, and round down to the second': '校准本机时钟，并将时间向下取整到秒',
  'There is no X-User-Id header, or it is empty': '缺少 X-User-Id 请求头，或其值为空',
  'send the id of the user on whose behalf the request is made, and sign it':
    '发送代表其操作的用户 ID，并将该请求头一并签名',
  'There is more than one X-User-Id header': 'X-User-Id 请求头不止一个',
  'Another Content-Type was signed than is sent': '签名所用的 Content-Type 与发送的不同',
  'sign the Content-Type that is sent: some libraries set one of their own':
    '对实际发送的 Content-Type 签名：有些库会自行设置',
  'The AppSecret was used with a byte order mark in front of it': '使用的 AppSecret 前面带有字节顺序标记（BOM）',
  'skip the mark when the secret is read from a file (in Python: encoding="utf-8-sig")':
    '从文件读取密钥时跳过该标记（Python 中用 encoding="utf-8-sig"）',
  'The AppSecret was used without its first or last character': '使用的 AppSecret 缺少首字符或末字符',
  'copy all of it': '请完整复制',
  'The X-User-Id was used as the key': '把 X-User-Id 用作了密钥',
  'Another X-Date was signed than was sent (the clock was read twice)':
    '签名所用的 X-Date 与发送的不同（读取了两次时钟）',
  'read the clock once, and use that string for the header and for the signature':
    '只读取一次时钟，请求头和签名使用同一个字符串',
  'X-Date was signed in another time zone than it was sent': '签名所用的 X-Date 与发送的时区不同',
  'write UTC in both, once, and use that string for the header and for the signature':
    '统一使用 UTC，只生成一次，请求头和签名使用同一个字符串',
  'X-Date was signed in another form than it was sent (epoch or ISO 8601 with separators)':
    '签名所用的 X-Date 与发送的格式不同（时间戳或带分隔符的 ISO 8601）',
  'sign the value of the X-Date header, yyyyMMddTHHmmssZ': '用 X-Date 请求头的原文（yyyyMMddTHHmmssZ）签名',
  'X-Date was signed by a pattern that is nearly right, and sent by the right one':
    '签名所用 X-Date 的格式串有细微错误，而发送的格式正确',
  'write it once, by yyyyMMddTHHmmssZ, and use that string for the header and for the signature':
    '按 yyyyMMddTHHmmssZ 只生成一次，请求头和签名使用同一个字符串',
  'X-Date was signed without a value': '签名时 X-Date 没有值',
  'set X-Date before signing': '签名前先设置 X-Date',
  'X-User-Id was signed as a number and lost its last digits': '签名时把 X-User-Id 当作数字，丢失了末几位',
  'keep ids as strings: they are beyond the integers a double can hold':
    'ID 请用字符串保存：其值超出双精度浮点数可精确表示的整数范围',
  'Another X-User-Id was signed than was sent': '签名所用的 X-User-Id 与发送的不同',
  'read the user id once, and use it for the header and for the signature':
    '只读取一次用户 ID，请求头和签名使用同一个值',
  'X-User-Id was signed without a value': '签名时 X-User-Id 没有值',
  'set X-User-Id before signing': '签名前先设置 X-User-Id',
  'The AppSecret was used with a line end after it': '使用的 AppSecret 末尾带有换行符',
  'trim what is read from the file or pipe': '去掉从文件或管道读入内容的首尾空白字符',
  'The AppSecret was used with leading or trailing spaces': '使用的 AppSecret 首尾带有空格',
  'trim it': '去掉首尾空格',
  'The AppSecret was used with quotes around it': '使用的 AppSecret 带有引号',
  'take the quotes away (an .env file or a shell may have kept them)': '去掉引号（可能由 .env 文件或 shell 保留下来）',
  'AppId and AppSecret were swapped: the AppSecret was sent': 'AppId 与 AppSecret 用反了：发送的是 AppSecret',
  'The AppId was used as the key': '把 AppId 当作了密钥',
  'sign with the AppSecret': '用 AppSecret 签名',
  'The AppSecret was read as hex digits': '把 AppSecret 按十六进制解码了',
  'use the AppSecret as it is written, in UTF-8, as the key': '直接以 AppSecret 的 UTF-8 文本作为密钥',
  'The AppSecret was decoded from Base64': '把 AppSecret 按 Base64 解码了',
  'The AppSecret was encoded (Base64, hex or percent-encoding) before it was used':
    '使用前对 AppSecret 进行了编码（Base64、十六进制或百分号编码）',
  'The AppSecret was used in another case': '使用的 AppSecret 大小写不对',
  'use it exactly as it was issued': '按签发的原样使用',
  'The AppSecret was empty when the request was signed (an unset variable, a placeholder, or a string read as hex)':
    '签名时 AppSecret 为空（变量未设置、仍是占位符，或被按十六进制解码）',
  'check where the client reads the AppSecret from': '检查客户端从哪里读取 AppSecret',
  'The AppSecret of another application was used': '使用了其他应用的 AppSecret',
  'use the AppSecret that belongs to the AppId': '使用与 AppId 对应的 AppSecret',
  'The AppSecret was hashed before it was used': '使用前对 AppSecret 做了哈希',
  'The AppSecret was not used in UTF-8': 'AppSecret 没有按 UTF-8 编码',
  'encode it as UTF-8': '按 UTF-8 编码',
  'The AppSecret was used with an ampersand after it (OAuth 1)': '使用的 AppSecret 末尾带有 &（OAuth 1 的做法）',
  'use the AppSecret alone as the key': '仅以 AppSecret 作为密钥',
  'A key was derived from the AppSecret (as AWS and the newer vendor SDKs do)':
    '从 AppSecret 派生了密钥（AWS 和厂商较新的 SDK 的做法）',
  'use the AppSecret itself as the key': '直接以 AppSecret 作为密钥',
  'The string to sign has a line with the date': '待签名字符串中多了日期行',
  'sign two lines, {} and the hash of the canonical request': '只对两行签名：{} 和规范请求的哈希值',
  'The string to sign is that of the SDK scheme ({}, date, hash)':
    '待签名字符串是 SDK 签名方式的形式（{}、日期、哈希值）',
  'The string to sign begins with another name of the algorithm': '待签名字符串开头的算法名称不对',
  'begin it with HMAC-SHA256': '以 HMAC-SHA256 开头',
  'The string to sign lacks the line of the algorithm': '待签名字符串缺少算法行',
  'begin it with HMAC-SHA256 and a line feed': '以 HMAC-SHA256 和换行符开头',
  'The canonical request was signed without hashing it first': '直接对规范请求签名，没有先计算哈希',
  'sign {}, a line feed and the hex SHA-256 of the canonical request':
    '对 {}、换行符和规范请求的 SHA-256（十六进制）签名',
  'The hash of the canonical request was written in upper case, in Base64 or as raw bytes':
    '规范请求的哈希值写成了大写、Base64 或原始字节',
  'write it as 64 lower-case hex digits': '写成 64 位小写十六进制',
  'The canonical request was hashed twice': '对规范请求做了两次哈希',
  'hash it once': '只做一次哈希',
  'The canonical request was hashed by another algorithm than SHA-256': '规范请求的哈希算法不是 SHA-256',
  'hash it by SHA-256': '使用 SHA-256',
  'The string to sign has other line ends than one line feed between its two lines':
    '待签名字符串的两行之间不是单个换行符',
  'join the two lines by a line feed and put nothing after them': '两行之间用一个换行符（LF）连接，末尾不加任何字符',
  'The signature was made by HMAC with another hash than SHA-256': 'HMAC 使用的哈希算法不是 SHA-256',
  'use HMAC-SHA256': '使用 HMAC-SHA256',
  'Key and message of the HMAC were swapped': 'HMAC 的密钥与内容用反了',
  'give the AppSecret as the key and the string to sign as the message': '以 AppSecret 为密钥，以待签名字符串为内容',
  'The signature is a plain SHA-256 over AppSecret and string to sign, not an HMAC':
    '签名是对 AppSecret 和待签名字符串直接计算的 SHA-256，而不是 HMAC',
  'use HMAC-SHA256 with the AppSecret as the key': '使用 HMAC-SHA256，并以 AppSecret 为密钥',
  'The signature was hashed once more': '对签名又做了一次哈希',
  'send the HMAC itself, as lower-case hex': '直接发送 HMAC 结果（小写十六进制）',
  'The signature was written in upper-case hex': '签名写成了大写十六进制',
  'The hex digits of the signature were written in Base64': '对签名的十六进制文本又做了 Base64 编码',
  'The signature was written in Base64': '签名写成了 Base64',
  'The signature was written in base64url, or in Base64 without its padding':
    '签名写成了 base64url，或缺少填充的 Base64',
  'The signature was written in Base64 and percent-encoded': '签名写成了 Base64，并做了百分号编码',
  'The signature was written with quotes or 0x around it': '签名带有引号或 0x 前缀',
  'write nothing but 64 lower-case hex digits': '只写 64 位小写十六进制，不加其他字符',
  'The signature is not 64 lower-case hex digits, nor anything else an HMAC is written as':
    '签名不是 64 位小写十六进制，也不是 HMAC 的其他常见写法',
  'write the 32 bytes of the HMAC-SHA256 as lower-case hex': '将 HMAC-SHA256 的 32 个字节写成小写十六进制',
  'SignedHeaders lists host, but host was not signed': 'SignedHeaders 列出了 host，但没有对 host 签名',
  'sign the Host header that the HTTP library sends, or take host off the list':
    '对 HTTP 库实际发送的 Host 请求头签名，或将 host 移出列表',
  'SignedHeaders lists a header that was not signed': 'SignedHeaders 列出了未参与签名的请求头',
  'make the list from the very headers that are in the canonical request': '根据规范请求中实际出现的请求头生成列表',
  'A header was signed that SignedHeaders does not list': '某个参与签名的请求头没有列入 SignedHeaders',
  'list every signed header in SignedHeaders': '将每个参与签名的请求头列入 SignedHeaders',
  'A signed header is sent more than once, and not all its values were signed':
    '某个参与签名的请求头发送了多次，但没有对全部值签名',
  'send each signed header once': '每个参与签名的请求头只发送一次',
  'The signed headers were not sorted by name': '参与签名的请求头没有按名称排序',
  'sort them by lower-case name, in the canonical request and in SignedHeaders':
    '在规范请求和 SignedHeaders 中都按小写名称排序',
  'Content-Type was signed with other parameters than it is sent with (charset=utf-8)':
    '签名所用 Content-Type 的参数与发送的不同（charset=utf-8）',
  'sign the Content-Type that is sent: some libraries add "; charset=utf-8" (OkHttp: build the body from bytes)':
    '对实际发送的 Content-Type 签名：有些库会追加 "; charset=utf-8"（OkHttp：用字节构造请求体）',
  'The header lines were signed with a space after the colon': '签名时请求头行的冒号后多了空格',
  'write name:value without a space in the canonical request': '规范请求中写作 name:value，冒号后不加空格',
  'A header value was signed with leading or trailing spaces': '签名时请求头的值首尾带有空格',
  'trim the values before signing; they do not reach the server': '签名前去除值的首尾空格，这些空格不会到达服务端',
  'Several spaces inside a header value were signed as one': '签名时把请求头值中的连续空格合并成了一个',
  'trim the ends of the value and leave the rest as it is': '只去除值的首尾空格，其余保持原样',
  'The header values were signed in lower case': '签名时把请求头的值转成了小写',
  'lower-case the names only': '只将名称转为小写',
  'A signed header value is not ASCII, and client and server read its bytes differently':
    '参与签名的请求头的值含有非 ASCII 字符，客户端与服务端对其字节的解读不同',
  'keep signed header values in ASCII': '参与签名的请求头的值只使用 ASCII',
  'The names of the signed headers were not written in lower case': '参与签名的请求头名称没有写成小写',
  'lower-case them in the canonical request and in SignedHeaders': '在规范请求和 SignedHeaders 中都写成小写',
  'Host was signed without its port, or with a port that is not sent': '签名所用的 Host 缺少端口，或带有未发送的端口',
  'sign the Host header exactly as it is sent, port included (a default port is not sent)':
    '按实际发送的 Host 请求头签名，包括端口（默认端口不会发送）',
  'The host of a proxy was signed, and the proxy sends another one on':
    '签名所用的是代理的 Host，而代理转发时换成了另一个',
  'let the proxy pass the Host header on unchanged, or sign the Host that arrives at the server':
    '让代理原样转发 Host 请求头，或按到达服务端的 Host 签名',
  'Another name of this computer was signed as Host than was sent': '签名所用的 Host 与发送的是本机的不同名称',
  'use one spelling (localhost or 127.0.0.1) for the URL and for the signature':
    'URL 和签名统一使用一种写法（localhost 或 127.0.0.1）',
  "The vendor's host was signed, but the request went elsewhere": '签名所用的是厂商的 Host，但请求发往了别处',
  'sign the Host header that is sent': '按实际发送的 Host 请求头签名',
  'Host was signed as a URL': '签名时把 Host 写成了 URL',
  'sign the host and port only, as they stand in the Host header': '只对主机名和端口签名，与 Host 请求头一致',
  'Host was signed in another case than it is sent': '签名所用的 Host 与发送的大小写不同',
  'sign the Host header exactly as it is sent': '按实际发送的 Host 请求头原样签名',
  'The host of another address of this server was signed than was sent (a proxy may exchange it)':
    '签名所用的 Host 与发送的是该服务端的不同地址（可能被代理替换）',
  'sign the Host header that arrives, or let the proxy pass it on unchanged (nginx: proxy_set_header Host $http_host)':
    '按到达服务端的 Host 请求头签名，或让代理原样转发（nginx：proxy_set_header Host $http_host）',
  'Host was signed without a value (the HTTP library adds it after signing)':
    '签名时 Host 没有值（HTTP 库在签名之后才添加）',
  'set Host before signing, or take it from the URL': '签名前先设置 Host，或从 URL 中取得',
}
