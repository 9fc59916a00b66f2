import type { FC } from 'hono/jsx'
import { ClockView } from './clock.tsx'
import { DirectoryView } from './directory.tsx'
import { ExchangeView } from './exchange.tsx'
import { JournalView } from './journal.tsx'
import { ReadingsView } from './readings.tsx'
import { ReportView } from './report.tsx'
import { SandboxesView } from './sandboxes.tsx'
import { SignView } from './sign.tsx'
import { TaskDetailView, TasksView } from './tasks.tsx'
import { UserView } from './user.tsx'
import type { ViewProps } from './view.ts'

/** Every view by its name in the address. */
export const views: Readonly<Record<string, FC<ViewProps>>> = {
  sandboxes: SandboxesView,
  tasks: TasksView,
  task: TaskDetailView,
  journal: JournalView,
  exchange: ExchangeView,
  clock: ClockView,
  readings: ReadingsView,
  directory: DirectoryView,
  user: UserView,
  report: ReportView,
  sign: SignView,
}
