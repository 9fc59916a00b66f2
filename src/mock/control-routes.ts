import { consoleRoutes } from '../console/routes.tsx'
import { mcpRoutes } from '../mcp/routes.ts'
import type { ControlRoute } from '../server/control/control-route.ts'
import { authCodeRoutes } from '../server/control/routes/auth-codes.ts'
import { clockRoutes } from '../server/control/routes/clock.ts'
import { coverageRoutes } from '../server/control/routes/coverage.ts'
import { diagnoseRoutes } from '../server/control/routes/diagnose.ts'
import { directoryRoutes } from '../server/control/routes/directory.ts'
import { controlDocumentRoutes, documentRoutes } from '../server/control/routes/documents.ts'
import { eventRoutes } from '../server/control/routes/events.ts'
import { faultRoutes, tokenRoutes } from '../server/control/routes/faults.ts'
import { healthRoutes, metricsRoutes } from '../server/control/routes/health.ts'
import { logRoutes } from '../server/control/routes/log.ts'
import { ownRouteRoutes } from '../server/control/routes/own-routes.ts'
import { replayRoutes } from '../server/control/routes/replay.ts'
import { reportCardRoutes } from '../server/control/routes/report-card.ts'
import { requestRoutes } from '../server/control/routes/requests.ts'
import { sandboxRoutes } from '../server/control/routes/sandboxes.ts'
import { signRoutes } from '../server/control/routes/sign.ts'
import { situationRoutes } from '../server/control/routes/situation.ts'
import { snapshotRoutes } from '../server/control/routes/snapshots.ts'
import { taskRoutes } from '../server/control/routes/tasks.ts'

/** Every route of the control plane. */
export const controlRoutes: readonly ControlRoute[] = [
  ...healthRoutes,
  ...documentRoutes,
  ...controlDocumentRoutes,
  ...sandboxRoutes,
  ...clockRoutes,
  ...situationRoutes,
  ...faultRoutes,
  ...ownRouteRoutes,
  ...taskRoutes,
  ...tokenRoutes,
  ...authCodeRoutes,
  ...requestRoutes,
  ...replayRoutes,
  ...logRoutes,
  ...snapshotRoutes,
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
