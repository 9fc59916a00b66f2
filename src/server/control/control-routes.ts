import type { ControlRoute } from './control-route.ts'
import { diagnoseRoutes } from './routes/diagnose.ts'
import { documentRoutes } from './routes/documents.ts'
import { healthRoutes } from './routes/health.ts'
import { requestRoutes } from './routes/requests.ts'

/** Every route of the control plane. */
export const controlRoutes: readonly ControlRoute[] = [
  ...healthRoutes,
  ...documentRoutes,
  ...requestRoutes,
  ...diagnoseRoutes,
]
