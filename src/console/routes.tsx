import { z } from 'zod'
import { defineControl } from '../server/control/control-route.ts'
import { notFound, sandboxNamed } from '../server/problem.ts'
import { pageLanguage } from '../spec/languages.ts'
import { DEFAULT_SANDBOX } from '../world/world.ts'
import { DocsPage } from './docs/docs-page.tsx'
import { asset, pageHeaders, visibleHtml } from './pages.ts'
import { Shell } from './shell.tsx'
import { loadTexts } from './texts/say.ts'
import { translator } from './texts/texts.ts'
import { views } from './views/views.ts'

const HTML = 'text/html'

const languageQuery = z.object({
  lang: z.string().optional().describe('en-US or zh-CN; that of the browser when absent.'),
})

const page = (html: unknown): Response => new Response(`<!doctype html>${html}`, { headers: pageHeaders(HTML) })

export const consoleRoutes = [
  defineControl({
    id: 'console',
    method: 'GET',
    path: '/console',
    needs: 'nothing',
    summary: 'The web console: a page without data, which then asks for views.',
    public: true,
    query: languageQuery,
    answers: 'the page',
    produces: [HTML],
    handle: ({ deps, pageProof, query, request }) => {
      const language = pageLanguage(query.lang, request.headers.get('accept-language'))
      const needsToken = deps.controlToken !== undefined
      const given = { needsToken, pageProof, views: Object.keys(views) }
      return page(<Shell language={language} t={translator(language)} {...given} />)
    },
  }),
  defineControl({
    id: 'docs',
    method: 'GET',
    path: '/docs',
    needs: 'nothing',
    summary: 'The vendor API to read and to try, without network.',
    public: true,
    query: languageQuery,
    answers: 'the page',
    produces: [HTML],
    handle: async ({ deps, pageProof, query, request }) => {
      const language = pageLanguage(query.lang, request.headers.get('accept-language'))
      await loadTexts(language)
      const given = { needsToken: deps.controlToken !== undefined, pageProof }
      return page(<DocsPage language={language} t={translator(language)} {...given} />)
    },
  }),
  defineControl({
    id: 'console-asset',
    method: 'GET',
    path: '/console/assets/:file',
    needs: 'nothing',
    summary: 'A script or style sheet of the pages.',
    public: true,
    answers: 'the file',
    produces: ['text/javascript', 'text/css'],
    handle: ({ params }) => asset(params['file'] ?? ''),
  }),
  defineControl({
    id: 'console-view',
    method: 'GET',
    path: '/console/views/:view',
    summary: 'One view of the console as HTML.',
    query: z.looseObject({
      ...languageQuery.shape,
      sandbox: z.string().optional().describe('Sandbox; default when absent.'),
    }),
    answers: 'the view; secrets are redacted in requests, credentials of the sandbox are not',
    produces: [HTML],
    handle: async ({ deps, defaults, params, query, request }) => {
      const name = params['view'] ?? ''
      const View = Object.hasOwn(views, name) ? views[name] : undefined
      if (View === undefined) {
        throw notFound(`The console has no view "${name}". Views: ${Object.keys(views).join(', ')}.`)
      }
      const language = pageLanguage(query.lang, request.headers.get('accept-language'))
      await loadTexts(language)
      const sandbox = sandboxNamed(deps.world, query.sandbox ?? DEFAULT_SANDBOX)
      const texts = Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === 'string')
      const html = (
        <View
          deps={deps}
          defaults={defaults}
          sandbox={sandbox}
          language={language}
          t={translator(language)}
          origin={new URL(request.url).origin}
          query={Object.fromEntries(texts)}
        />
      )
      return new Response(visibleHtml(String(await html.toString())), { headers: pageHeaders(HTML) })
    },
  }),
]
