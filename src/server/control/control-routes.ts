import { consoleRoutes } from '../../console/routes.tsx'
import { mcpRoutes } from '../../mcp/routes.ts'
import type { ControlRoute } from './control-route.ts'
import { clockRoutes } from './routes/clock.ts'
import { coverageRoutes } from './routes/coverage.ts'
import { diagnoseRoutes } from './routes/diagnose.ts'
import { directoryRoutes } from './routes/directory.ts'
import { controlDocumentRoutes, documentRoutes } from './routes/documents.ts'
import { eventRoutes } from './routes/events.ts'
import { faultRoutes, tokenRoutes } from './routes/faults.ts'
import { healthRoutes, metricsRoutes } from './routes/health.ts'
import { logRoutes } from './routes/log.ts'
import { reportCardRoutes } from './routes/report-card.ts'
import { requestRoutes } from './routes/requests.ts'
import { sandboxRoutes } from './routes/sandboxes.ts'
import { signRoutes } from './routes/sign.ts'
import { situationRoutes } from './routes/situation.ts'
import { taskRoutes } from './routes/tasks.ts'

/** Every route of the control plane. */
export const controlRoutes: readonly ControlRoute[] = [
  ...healthRoutes,
  ...documentRoutes,
  ...controlDocumentRoutes,
  ...sandboxRoutes,
  ...clockRoutes,
  ...situationRoutes,
  ...faultRoutes,
  ...taskRoutes,
  ...tokenRoutes,
  ...requestRoutes,
  ...logRoutes,
  ...reportCardRoutes,
  ...coverageRoutes,
  ...eventRoutes,
  ...metricsRoutes,
  ...diagnoseRoutes,
  ...signRoutes,
  ...directoryRoutes,
  ...consoleRoutes,
  ...mcpRoutes,
]
