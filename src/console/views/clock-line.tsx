import { toIso } from '../../world/instant.ts'
import { nextEvents } from './next-events.ts'
import { hashOf, routeOf, type ViewProps } from './view.ts'

/** Virtual time, to the second, as people read it. */
const clockText = (ms: number): string =>
  toIso(Math.floor(ms / 1000) * 1000)
    .replace('T', ' ')
    .replace('Z', ' UTC')

/** How far something lies ahead: `15:01`, `2:00:00`. */
function aheadText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((one, at) => (at === 0 ? String(one) : String(one).padStart(2, '0'))).join(':')
}

/** The clock of the sandbox in the head of every view: whether it stands, and jumps to what it brings about next. */
export const ClockLine = (props: Pick<ViewProps, 'deps' | 'sandbox' | 't'>) => {
  const { sandbox, t } = props
  const { now, frozen, rate } = sandbox.clock.read()
  return (
    <div class="clock-line">
      <a href={hashOf('clock', { sandbox: sandbox.id })} title={t('jump.clock')}>
        <time datetime={toIso(now)} data-ticks={String(now)} data-rate={String(frozen ? 0 : rate)}>
          {clockText(now)}
        </time>
      </a>
      <span class={`badge is-${frozen ? 'busy' : 'good'}`}>
        {frozen ? t('clock.frozen') : t('clock.running', { rate })}
      </span>
      <span class="jumps">
        {nextEvents(props).map(({ kind, at }) => (
          <button
            type="button"
            class="is-small"
            data-method="PUT"
            data-url={routeOf(sandbox, '/clock')}
            data-body={JSON.stringify({ now: toIso(at) })}
            data-done={t('clock.changed')}
            title={clockText(at)}
            aria-label={t('jump.to', { what: t(`jump.${kind}`) }) + t('jump.ahead', { time: aheadText(at - now) })}
          >
            {t(`jump.${kind}`)}
            <span class="ahead">{t('jump.ahead', { time: aheadText(at - now) })}</span>
          </button>
        ))}
      </span>
    </div>
  )
}
