/** Style and script of the HTML report; part of the page, so that it needs nothing else. */
export const style = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d0d7de;--card:#f6f8fa;--pass:#1a7f37;--violation:#cf222e;--notice:#0969da;--skip:#6e7781;--broken:#9a6700}
@media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9198a1;--line:#30363d;--card:#161b22;--pass:#3fb950;--violation:#f85149;--notice:#58a6ff;--skip:#8b949e;--broken:#d29922}}
*{box-sizing:border-box}body{margin:0 auto;padding:1.5rem;max-width:72rem;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
h1{margin:0}h2{margin-top:2.5rem;border-bottom:1px solid var(--line)}h4{margin:.75rem 0 .25rem}
.target,footer,dt{color:var(--dim)}.outcome{font-size:1.25rem;font-weight:600}
.outcome.conforms{color:var(--pass)}.outcome.violations{color:var(--violation)}.outcome.notices,.outcome.not-run,.outcome.incomplete,.outcome.unreachable,.outcome.authentication-failed,.outcome.safety-guard{color:var(--broken)}
.numbers{display:flex;flex-wrap:wrap;gap:.75rem;list-style:none;padding:0}.numbers li{border:1px solid var(--line);border-radius:.5rem;padding:.4rem .9rem}.numbers b{font-size:1.4rem}
.numbers .violation b{color:var(--violation)}.numbers .pass b{color:var(--pass)}.numbers .notice b{color:var(--notice)}.numbers .broken b{color:var(--broken)}
.findings li{margin:.6rem 0;overflow-wrap:anywhere}.findings .why{display:block;color:var(--dim)}.findings a{color:inherit}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid var(--line);padding:.3rem .6rem;text-align:left;vertical-align:top}th[scope=row]{font-weight:400}
.cell{display:inline-block;width:1.5rem;margin:1px;border-radius:.25rem;text-align:center;text-decoration:none;color:#fff;background:var(--pass)}.cell.violation{background:var(--violation)}.cell.notice{background:var(--notice)}.cell.skip{background:var(--skip)}.cell.broken{background:var(--broken)}
form{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:1rem 0}input[type=search]{flex:1 1 18rem;padding:.4rem .6rem;font:inherit}
.check{border:1px solid var(--line);border-left:4px solid var(--pass);border-radius:.4rem;margin:.4rem 0;background:var(--card)}.check.violation{border-left-color:var(--violation)}.check.notice{border-left-color:var(--notice)}.check.skip{border-left-color:var(--skip)}.check.broken{border-left-color:var(--broken)}
summary{padding:.4rem .75rem;cursor:pointer}.check dl,.exchange{padding:0 .75rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dd{margin:0;overflow-wrap:anywhere}
.badge{display:inline-block;min-width:5rem;font-size:.8rem;color:var(--dim)}.violation .badge{color:var(--violation);font-weight:600}
pre{overflow:auto;max-height:24rem;padding:.6rem;border:1px solid var(--line);border-radius:.4rem;background:var(--bg);font-size:.85rem}.curl{white-space:pre-wrap;overflow-wrap:anywhere}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:.75rem}.pair>div{min-width:0}@media(max-width:48rem){.pair,dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}.unknown{color:var(--dim)}
footer{margin-top:3rem}
`

export const script = `
(function(){
var words=document.getElementById('words'),boxes=[].slice.call(document.querySelectorAll('#filter input[type=checkbox]')),
cards=[].slice.call(document.querySelectorAll('.check')),none=document.getElementById('none');
function apply(){
var on={};boxes.forEach(function(b){on[b.value]=b.checked});
var text=words.value.toLowerCase().trim(),shown=0;
cards.forEach(function(c){var hit=on[c.dataset.verdict]&&(text===''||c.textContent.toLowerCase().indexOf(text)>=0);c.hidden=!hit;if(hit)shown++});
none.hidden=shown>0;
}
document.getElementById('filter').addEventListener('input',apply);
document.getElementById('filter').addEventListener('submit',function(e){e.preventDefault()});
function open(){var t=document.getElementById(decodeURIComponent(location.hash.slice(1)));if(t&&t.tagName==='DETAILS'){t.hidden=false;t.open=true;t.scrollIntoView()}}
addEventListener('hashchange',open);open();
})()
`
