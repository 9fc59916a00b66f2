import { consoleRoutes } from '../console/routes.tsx'
import { mcpRoutes } from '../mcp/routes.ts'
import type { ControlRoute } from '../server/control/control-route.ts'
import { clockRoutes } from '../server/control/routes/clock.ts'
import { authCodeRoutes, directoryRoutes } from '../server/control/routes/directory.ts'
import { eventRoutes } from '../server/control/routes/events.ts'
import { faultRoutes, tokenRoutes } from '../server/control/routes/faults.ts'
import { replayRoutes } from '../server/control/routes/replay.ts'
import { coverageRoutes, reportCardRoutes } from '../server/control/routes/reports.ts'
import { requestRoutes } from '../server/control/routes/requests.ts'
import { logRoutes, snapshotRoutes } from '../server/control/routes/sandbox-files.ts'
import { sandboxRoutes } from '../server/control/routes/sandboxes.ts'
import { documentRoutes, healthRoutes, metricsRoutes } from '../server/control/routes/server.ts'
import { diagnoseRoutes, signRoutes } from '../server/control/routes/signatures.ts'
import { ownRouteRoutes, situationRoutes } from '../server/control/routes/situation.ts'
import { taskRoutes } from '../server/control/routes/tasks.ts'

/** Every route of the control plane. */
export const controlRoutes: readonly ControlRoute[] = [
  ...healthRoutes,
  ...documentRoutes,
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
