/** Mistakes in the canonical request: method, path, query, body and how its lines are joined. */
export const canonicalMistakes: Readonly<Record<string, string>> = {
  'The method was signed in lower case': '签名时请求方法写成了小写',
  'write the method in upper case on the first line of the canonical request': '规范请求的第一行写大写的请求方法',
  'Another method was signed than was sent': '签名所用的请求方法与发送的不同',
  'sign the method that is sent': '按实际发送的请求方法签名',
  'The path was signed with another prefix than the server received (a proxy may add or strip it)':
    '签名所用路径的前缀与服务端收到的不同（可能被代理添加或去除）',
  'sign the path as it arrives at the server, for instance /koodrive/ose/v1/userList/':
    '按到达服务端的路径签名，例如 /koodrive/ose/v1/userList/',
  'The path was signed with its redundant segments (//, . or ..)': '签名所用的路径含有多余的路径段（//、. 或 ..）',
  'remove redundant and relative segments from the path before signing': '签名前去除多余的和相对的路径段',
  'The path was signed without percent-encoding': '签名时路径没有做百分号编码',
  'encode every segment of the path by RFC 3986 (UTF-8, upper-case %XY)':
    '按 RFC 3986 对路径的每一段编码（UTF-8，大写 %XY）',
  'The path was percent-encoded twice (%25)': '路径做了两次百分号编码（%25）',
  'encode every segment of the path once': '路径的每一段只编码一次',
  'The slashes of the path were percent-encoded (%2F)': '路径中的斜杠被百分号编码（%2F）',
  'encode the segments of the path one by one and join them by slashes': '对路径逐段编码，再用斜杠连接',
  'The path was percent-encoded with lower-case hex digits': '路径的百分号编码使用了小写十六进制',
  'write %XY in upper case': '%XY 使用大写',
  'A ~ in the path was signed as %7E': '签名时把路径中的 ~ 写成了 %7E',
  "leave ~ as it is (URLEncoder of Java and PHP's urlencode encode it)":
    '~ 保持原样（Java 的 URLEncoder 和 PHP 的 urlencode 会对其编码）',
  'The path was encoded by other rules than RFC 3986 (reserved characters left, or + for a space)':
    '路径的编码规则不是 RFC 3986（保留字符未编码，或空格写成 +）',
  'encode everything in a segment except A-Z a-z 0-9 - . _ ~': '除 A-Z a-z 0-9 - . _ ~ 外，路径段中的字符全部编码',
  'The path was signed in lower case': '签名时把路径转成了小写',
  'sign the path in the case in which it is sent': '按实际发送的大小写对路径签名',
  'The absolute URL was signed as the path': '签名时把完整 URL 当作了路径',
  'sign the path only, without scheme and host': '只对路径签名，不含协议和主机',
  'The path was left out': '规范请求中缺少路径',
  'sign the path that is sent': '对实际发送的路径签名',
  'The path was signed without the slash at its end': '签名所用的路径末尾缺少斜杠',
  'end the path with a slash in the canonical request (not necessarily in the URL)':
    '规范请求中的路径以斜杠结尾（URL 中不必如此）',
  'The path was signed with two slashes at its end': '签名所用的路径末尾有两个斜杠',
  'add a slash to the path only when there is none': '路径末尾没有斜杠时才添加',
  'The query was signed in the order in which it was sent': '签名时查询参数保持了发送的顺序，没有排序',
  'sort the parameters by name, by character code': '按参数名的字符编码排序',
  'The query was sorted without regard to case': '查询参数排序时忽略了大小写',
  'sort the parameters by character code: F comes before a and b': '按字符编码排序：F 排在 a 和 b 之前',
  'The query was sorted before it was encoded': '查询参数在编码之前排序了',
  'encode the names first, then sort the encoded names': '先对参数名编码，再按编码后的名称排序',
  'The query was sorted by the strings name=value instead of by name': '查询参数按 name=value 整体排序，而不是按参数名',
  'sort by name, and parameters of the same name by value': '先按参数名排序，同名参数再按值排序',
  'Parameters of the same name were signed in the order in which they were sent': '签名时同名参数保持了发送的顺序',
  'sort parameters of the same name by value': '同名参数按值排序',
  'The query was signed without percent-encoding': '签名时查询参数没有做百分号编码',
  'encode names and values by RFC 3986 (UTF-8, upper-case %XY)': '按 RFC 3986 对参数名和值编码（UTF-8，大写 %XY）',
  'The query was percent-encoded twice (%25)': '查询参数做了两次百分号编码（%25）',
  'encode names and values once': '参数名和值只编码一次',
  'A space of the query was written as + in the URL or in the canonical request':
    'URL 或规范请求的查询参数中，空格写成了 +',
  'write a space as %20 in both (a + is a plus sign, signed as %2B)':
    '两处的空格都写成 %20（+ 表示加号，签名时写作 %2B）',
  'The query was percent-encoded with lower-case hex digits': '查询参数的百分号编码使用了小写十六进制',
  'A slash in the query was left as it is': '查询参数中的斜杠没有编码',
  'write it as %2F (in Python: quote(value, safe=""))': '写成 %2F（Python：quote(value, safe="")）',
  'A ~ in the query was signed as %7E': '签名时把查询参数中的 ~ 写成了 %7E',
  'The query was encoded as a form (+ for a space, * left, ~ as %7E)':
    '查询参数按表单规则编码（空格为 +，* 不编码，~ 为 %7E）',
  'encode by RFC 3986 instead (in Java: replace + by %20, * by %2A and %7E by ~ in what URLEncoder returns)':
    '改用 RFC 3986 编码（Java：将 URLEncoder 结果中的 + 替换为 %20，* 替换为 %2A，%7E 替换为 ~）',
  'The query was encoded by other rules than RFC 3986': '查询参数的编码规则不是 RFC 3986',
  "encode everything except A-Z a-z 0-9 - . _ ~ (encodeURIComponent leaves ! ' ( ) *; URLEncoder leaves *)":
    "除 A-Z a-z 0-9 - . _ ~ 外全部编码（encodeURIComponent 不编码 ! ' ( ) *，URLEncoder 不编码 *）",
  'Names and values of the query were signed as they stand in the URL': '签名时直接使用了 URL 中的参数名和值',
  'decode them once and encode them once by RFC 3986 before signing': '签名前先解码一次，再按 RFC 3986 编码一次',
  'A parameter without a value was signed as name': '没有值的参数签名时写成了 name',
  'sign it as name= (the equals sign stays)': '签名时写作 name=（保留等号）',
  'Parameters without a value were left out of the signed query': '签名时漏掉了没有值的参数',
  'sign them as name=': '签名时写作 name=',
  'The query was left out of the canonical request': '规范请求中缺少查询参数',
  'put the sorted, encoded query on the third line': '将排序并编码后的查询参数放在第三行',
  'The query was signed with its question mark': '签名时查询参数带上了问号',
  'leave the question mark out': '去掉问号',
  'A parameter that is sent more than once was signed once': '多次发送的参数只签名了一次',
  'sign every parameter that is sent': '对实际发送的每个参数签名',
  'The names of the query were signed in lower case': '签名时把参数名转成了小写',
  'sign the names in the case in which they are sent': '按实际发送的大小写对参数名签名',
  'A parameter of the query was not signed (it may have been added afterwards)':
    '有查询参数没有参与签名（可能是签名之后添加的）',
  'The empty line before the list of signed headers is missing': '参与签名的请求头列表之前缺少空行',
  'end every header line with a line feed and add one more before the list':
    '每个请求头行以换行符结尾，列表之前再加一个换行符',
  'The canonical request has an empty line too many': '规范请求多了一个空行',
  'there is one empty line only, between the header lines and the list of signed headers':
    '只有一个空行，位于请求头行与参与签名的请求头列表之间',
  'The line of the query is missing in the canonical request': '规范请求缺少查询参数行',
  'keep the third line, empty when there is no query': '保留第三行，没有查询参数时为空行',
  'The slash was put after the query: path?query/ was signed as the path':
    '斜杠加在了查询参数之后：把 path?query/ 当作路径签名',
  'split the URL at the question mark first: the path with its slash on the second line, the query on the third':
    '先在问号处拆分 URL：第二行为带斜杠的路径，第三行为查询参数',
  'The path was signed without the slash at its start, or with two': '签名时路径开头缺少斜杠，或有两个斜杠',
  'begin the path with one slash': '路径以一个斜杠开头',
  'The query was percent-encoded in another character encoding than UTF-8 for the signature':
    '签名时查询参数按 UTF-8 以外的字符编码做了百分号编码',
  'encode names and values in UTF-8, in the URL and in the canonical request':
    'URL 和规范请求中的参数名和参数值都按 UTF-8 编码',
  'The query was signed in another Unicode normal form than it was sent (NFC or NFD)':
    '签名时查询参数的 Unicode 规范形式（NFC 或 NFD）与发送的不同',
  'normalise a string once, before it is sent and signed': '发送和签名之前只做一次规范化',
  'Everything after the host was signed as the path, the query included':
    '签名时把主机之后的整个 URL（含查询参数）当作了路径',
  'split it at the question mark: the path with a slash at its end on the second line, the sorted query on the third':
    '在问号处拆分：第二行写以斜杠结尾的路径，第三行写排序后的查询参数',
  'The parameters of the query were not joined by one ampersand each': '查询参数之间没有用一个 & 连接',
  'write name=value, join the parameters by &, and put nothing before or after them':
    '写成 name=value，参数之间用 & 连接，首尾不加任何符号',
  'Every empty line was dropped from the canonical request': '规范请求中的空行都被去掉了',
  'keep the line of the query, empty without one, and the empty line before the list of signed headers':
    '保留查询参数行（没有参数时为空行）以及签名请求头列表之前的空行',
  'The header lines were not written as name:value, one to a line': '请求头行没有写成每行一个 name:value',
  'write name:value and a line feed for every signed header': '每个参与签名的请求头写一行 name:value，以换行符结尾',
  'The list of signed headers was put before the header lines': '签名请求头列表写在了请求头行之前',
  'put the header lines first, then an empty line, then the list': '先写请求头行，再写一个空行，然后写列表',
  'The lines of the canonical request were indented (a template or multi-line string of the source)':
    '规范请求的各行带有缩进（来自源码中的模板或多行字符串）',
  'join the lines by a line feed and put no space before them': '各行用换行符连接，行首不加空格',
  'The canonical request was signed with a byte order mark in front of it': '签名时规范请求前面带有字节顺序标记（BOM）',
  'turn the string into UTF-8 without a mark (in .NET: new UTF8Encoding(false))':
    '把字符串转换为不带标记的 UTF-8（.NET 中用 new UTF8Encoding(false)）',
  'The whole canonical request was signed in lower case': '签名时把整个规范请求转成了小写',
  'lower-case the names of the headers only': '只把请求头的名称转成小写',
  'The request has a body, but something else was hashed in its place ({}, null, [object Object])':
    '请求有请求体，但对其他内容做了哈希（{}、null、[object Object]）',
  'The string form of an object was hashed instead of its JSON': '对对象的字符串形式而不是其 JSON 做了哈希',
  'serialise once, keep that string, hash it and send it': '只序列化一次，保留该字符串，用它计算哈希并发送',
  'The query was signed in the line of the path': '查询参数写在了路径行',
  'put the path on the second line and the query, without question mark, on the third':
    '第二行为路径，第三行为不带问号的查询参数',
  'The list of signed headers is missing in the canonical request': '规范请求缺少参与签名的请求头列表',
  'put the names, joined by semicolons, on the line before the last': '将请求头名称以分号连接，放在倒数第二行',
  'The list of signed headers was not joined by semicolons': '参与签名的请求头列表没有用分号连接',
  'join the names by semicolons without spaces': '名称之间用分号连接，不加空格',
  'The header lines are missing in the canonical request': '规范请求缺少请求头行',
  'put one line name:value for every signed header after the query':
    '在查询参数行之后，每个参与签名的请求头写一行 name:value',
  'The last line, the hash of the body, is missing in the canonical request': '规范请求缺少最后一行（请求体的哈希值）',
  'end the canonical request with the hash of the body, or of the empty string without a body':
    '规范请求以请求体的哈希值结尾，没有请求体时为空字符串的哈希值',
  'The lines of the canonical request were ended by CR LF': '规范请求使用了 CR LF 换行',
  'join them by a line feed (\\n) alone': '各行只用换行符（\\n）连接',
  'The canonical request was signed with a line feed at its end': '签名所用的规范请求末尾多了换行符',
  'put nothing after the hash of the body (in a shell: printf instead of echo)':
    '请求体哈希值之后不加任何字符（shell 中用 printf 代替 echo）',
  'The canonical request was joined by a backslash and an n instead of line feeds':
    '规范请求各行用反斜杠加字母 n 连接，而不是换行符',
  "use a real line feed (in a shell: $'\\n' or printf)": "使用真正的换行符（shell 中用 $'\\n' 或 printf）",
  'The lines of the canonical request were joined without line feeds': '规范请求各行之间没有换行符',
  'join them by a line feed (\\n)': '各行用换行符（\\n）连接',
  'The request has a body, but the hash of an empty body was signed': '请求有请求体，签名所用的却是空请求体的哈希值',
  'hash the bytes of the body that is sent': '对实际发送的请求体字节计算哈希',
  'An empty line was signed instead of the hash of the body': '签名时请求体哈希值的位置是空行',
  'hash the body also when there is none (e3b0c442...b855 is the hash of the empty string)':
    '没有请求体时也要计算哈希（空字符串的哈希值为 e3b0c442...b855）',
  'The request has no body, but something was hashed in its place ({}, null, "" or the query)':
    '请求没有请求体，却对其他内容计算了哈希（{}、null、"" 或查询参数）',
  'hash the empty string when there is no body': '没有请求体时对空字符串计算哈希',
  'The hash of the body was written in upper case': '请求体的哈希值写成了大写',
  'The hash of the body was written in Base64': '请求体的哈希值写成了 Base64',
  'The body itself was signed instead of its hash': '直接对请求体签名，而不是其哈希值',
  'end the canonical request with the lower-case hex SHA-256 of the body':
    '规范请求以请求体的 SHA-256（小写十六进制）结尾',
  'UNSIGNED-PAYLOAD was signed instead of the hash of the body': '用 UNSIGNED-PAYLOAD 代替了请求体的哈希值',
  'hash the body; KooDrive does not know unsigned payloads': '对请求体计算哈希，KooDrive 不支持不签名的请求体',
  'The body was hashed by another algorithm than SHA-256': '请求体的哈希算法不是 SHA-256',
  'The body was hashed twice': '对请求体做了两次哈希',
  'The signed body and the sent one differ by a line end or by spaces at its ends':
    '签名的请求体与发送的首尾有换行或空格的差异',
  'hash the very bytes that are sent (in a shell: printf and curl --data-binary)':
    '对实际发送的字节计算哈希（shell 中用 printf 和 curl --data-binary）',
  'The signed body and the sent one differ by CR LF and LF': '签名的请求体与发送的换行不同（CR LF 与 LF）',
  'hash the very bytes that are sent (curl --data drops line ends, --data-binary keeps them)':
    '对实际发送的字节计算哈希（curl --data 会去掉换行，--data-binary 会保留）',
  'The body was hashed with a byte order mark or in UTF-16, but sent in UTF-8 without one, or the other way round':
    '计算哈希的请求体带 BOM 或为 UTF-16，发送的却是不带 BOM 的 UTF-8，或者相反',
  'hash the very bytes that are sent, in UTF-8 without a byte order mark':
    '对实际发送的字节计算哈希，使用不带 BOM 的 UTF-8',
  'The body was hashed in another character encoding than it was sent': '计算哈希与发送请求体所用的字符编码不同',
  'hash the very bytes that are sent, in UTF-8 (name the encoding wherever a string becomes bytes)':
    '对实际发送的字节计算哈希，使用 UTF-8（文本转字节时都要指明编码）',
  'The body was compressed after it was signed': '请求体在签名之后被压缩',
  'sign the bytes that are sent: compress first, or do not compress': '对实际发送的字节签名：先压缩再签名，或不压缩',
  'The compressed body was signed, but it arrived uncompressed': '签名的是压缩后的请求体，到达时却未压缩',
  'sign the bytes that are sent (a library or proxy may have expanded them), or do not compress':
    '对实际发送的字节签名（可能被库或代理解压），或不压缩',
  'JSON was signed, but the same values were sent as a form (a=1&b=2)':
    '签名的是 JSON，但相同的内容以表单形式（a=1&b=2）发送',
  'send the JSON string that was hashed (requests: data=text, not data=value), with Content-Type: application/json':
    '发送计算哈希所用的 JSON 文本（requests：data=text，而不是 data=value），并设置 Content-Type: application/json',
  'The body is a form (a=1&b=2), but this API takes JSON, and JSON may have been signed':
    '请求体是表单（a=1&b=2），但该接口要求 JSON，签名的可能是 JSON',
  'The signed JSON had \\uXXXX escapes where the sent one has the characters themselves':
    '签名的 JSON 使用 \\uXXXX 转义，发送的却是字符本身',
  'The signed JSON had characters where the sent one has \\uXXXX escapes':
    '签名的 JSON 是字符本身，发送的却使用 \\uXXXX 转义',
  'Slashes of the JSON body were written as \\/ in the signed string only, or in the sent one only (PHP)':
    'JSON 中的斜杠仅在签名或仅在发送的文本中写成 \\/（PHP）',
  '{} (in PHP: JSON_UNESCAPED_SLASHES)': '{}（PHP：JSON_UNESCAPED_SLASHES）',
  'The characters < > & of the JSON body were written as \\u003c in the signed string only, or in the sent one only':
    'JSON 中的 < > & 仅在签名或仅在发送的文本中写成 \\u003c 等转义',
  '{} (in Go: SetEscapeHTML(false); in .NET: UnsafeRelaxedJsonEscaping)':
    '{}（Go：SetEscapeHTML(false)；.NET：UnsafeRelaxedJsonEscaping）',
  'Compact JSON was signed, but JSON with spaces was sent': '签名的是紧凑 JSON，发送的 JSON 却带空格',
  "JSON with a space after commas and colons was signed (Python's json.dumps), but other JSON was sent":
    '签名的 JSON 在逗号和冒号后带空格（Python 的 json.dumps），发送的却不同',
  '{} (requests: data=text, not json=value)': '{}（requests：data=text，而不是 json=value）',
  'Indented JSON was signed, but other JSON was sent': '签名的是带缩进的 JSON，发送的却不同',
  "JSON of Jackson's pretty printer was signed, but other JSON was sent":
    '签名的是 Jackson 格式化输出的 JSON，发送的却不同',
  '{} (in Java: one writeValueAsBytes, and the bytes as the body)':
    '{}（Java：只调用一次 writeValueAsBytes，并以该字节作为请求体）',
  'The keys of the JSON body were sorted for the signature, but not in what was sent':
    '签名时对 JSON 的键排了序，发送的却没有',
  'The keys of the JSON body were signed in another order than they were sent': '签名与发送的 JSON 键顺序不同',
  'The JSON body was parsed and written again for the signature, which changed numbers or escapes':
    '签名时对 JSON 解析后重新生成，数字或转义发生了变化',
  '{}; ids beyond 2^53 do not survive a double': '{}；超过 2^53 的 ID 用双精度浮点数会丢失精度',
  'The body was serialised twice: a JSON string that holds the JSON was signed, or sent':
    '请求体被序列化了两次：签名或发送的是包含 JSON 的 JSON 字符串',
}
