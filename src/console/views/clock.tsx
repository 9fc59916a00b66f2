import { toIso } from '../../world/instant.ts'
import { TextField } from './controls.tsx'
import { FaultsCard } from './faults.tsx'
import { Badge, Card, Frame } from './parts.tsx'
import { RowRulesCard } from './row-rules.tsx'
import { ScenarioCard } from './scenario-card.tsx'
import { routeOf, type ViewProps } from './view.ts'

/** Steps that the rules make interesting: a poll, the life of a token, the X-Date window. */
const STEPS = { PT10S: '10 s', PT1M: '1 min', PT16M: '16 min', PT1H: '1 h', P1D: '24 h' } as const
const TICK_MS = 1000

/** The clock of a sandbox, its scenario and its faults. */
export const ClockView = (props: ViewProps) => {
  const { sandbox, t } = props
  const { now, frozen, rate } = sandbox.clock.read()
  return (
    <Frame
      {...props}
      view="clock"
      title={t('nav.clock')}
      live="clock sandbox request"
      pollMs={frozen ? undefined : TICK_MS}
    >
      <Card id="clock-title" title={t('clock.now', { id: sandbox.id })}>
        <p class="clock">
          <time id="now" datetime={toIso(now)}>
            {toIso(Math.floor(now / 1000) * 1000)
              .replace('T', ' ')
              .replace('Z', ' UTC')}
          </time>
          <Badge tone={frozen ? 'busy' : 'good'}>{frozen ? t('clock.frozen') : t('clock.running', { rate })}</Badge>
        </p>
        <p class="hint">{t('clock.hint')}</p>
        <Controls {...props} frozen={frozen} rate={rate} />
      </Card>
      <ScenarioCard {...props} />
      <RowRulesCard {...props} />
      <FaultsCard {...props} />
    </Frame>
  )
}

const Controls = ({ sandbox, t, frozen, rate }: ViewProps & { frozen: boolean; rate: number }) => {
  const clock = { 'data-url': routeOf(sandbox, '/clock'), 'data-done': t('clock.changed') }
  const advance = { 'data-url': routeOf(sandbox, '/clock/advance'), 'data-done': t('clock.changed') }
  return (
    <>
      <div class="buttons">
        <button
          type="button"
          class="is-main"
          data-method="PUT"
          {...clock}
          data-body={JSON.stringify({ frozen: !frozen })}
        >
          {frozen ? t('clock.resume') : t('clock.freeze')}
        </button>
        {Object.entries(STEPS).map(([by, label]) => (
          <button
            type="button"
            data-method="POST"
            {...advance}
            data-body={JSON.stringify({ by })}
            aria-label={t('clock.byWhat', { duration: `+ ${label}` })}
          >
            + {label}
          </button>
        ))}
      </div>
      <div class="toolbar">
        <form class="inline" data-method="POST" {...advance}>
          <TextField label={t('clock.by')} name="by" placeholder="PT16M" required size={10} />
          <button type="submit">{t('clock.advance')}</button>
        </form>
        <form class="inline" data-method="PUT" {...clock}>
          <TextField label={t('clock.to')} name="now" placeholder="2026-04-16T08:00:00Z" required size={22} />
          <button type="submit">{t('clock.set')}</button>
        </form>
        <form class="inline" data-method="PUT" {...clock}>
          <TextField
            label={t('clock.rate')}
            name="rate"
            data-type="number"
            inputmode="decimal"
            required
            size={6}
            value={String(rate)}
          />
          <button type="submit">{t('common.apply')}</button>
        </form>
      </div>
    </>
  )
}
