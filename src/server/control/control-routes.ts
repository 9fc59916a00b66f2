import { consoleRoutes } from '../../console/routes.tsx'
import type { ControlRoute } from './control-route.ts'
import { clockRoutes } from './routes/clock.ts'
import { controlDocumentRoutes } from './routes/control-document.ts'
import { coverageRoutes } from './routes/coverage.ts'
import { diagnoseRoutes } from './routes/diagnose.ts'
import { directoryRoutes } from './routes/directory.ts'
import { documentRoutes } from './routes/documents.ts'
import { eventRoutes } from './routes/events.ts'
import { faultRoutes } from './routes/faults.ts'
import { healthRoutes } from './routes/health.ts'
import { logRoutes } from './routes/log.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { reportCardRoutes } from './routes/report-card.ts'
import { requestRoutes } from './routes/requests.ts'
import { sandboxRoutes } from './routes/sandboxes.ts'
import { signRoutes } from './routes/sign.ts'
import { situationRoutes } from './routes/situation.ts'
import { taskRoutes } from './routes/tasks.ts'
import { tokenRoutes } from './routes/tokens.ts'

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
]
