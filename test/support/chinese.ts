/** Names, values and code keep their spelling in Chinese. */
const NAMES = [
  /(?:缺少 [\w., -]+：|含 [\w., -]+ 的)/g,
  /(?:允许|内置场景)：[\w, .-]+。/g,
  /`[^`]*`/g,
  /\{[^}]*\}/g,
  /"[^"]*"/g,
  /AWS Signature Version 4|HTTP Basic|CR LF|JWT|A-Z a-z 0-9/g,
  /(?:GET|POST|PUT|DELETE|PATCH) \/\S*|--[a-z-]+ [A-Z]+/g,
  /\w+\([^)]*\)|\w+=\w+/g,
  /HMAC-SHA256 (?:AppId|Access)=\S+|Content-Type: \S+|proxy_set_header Host \$http_host|curl --\S+/g,
]

/** Runs of English words that are left in a Chinese sentence: two or more words that are no names. */
export function englishIn(chinese: string): string[] {
  const prose = NAMES.reduce((text, name) => text.replace(name, '…'), chinese)
  return prose.match(/(?<![\w-])[A-Za-z]?[a-z'-]+(?:,? [a-z'-]{2,})+(?![\w-])/g) ?? []
}
