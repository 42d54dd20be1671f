import { LiveRegion } from '@sax/ui/live-region'
import { characterWords, unitsLeft } from '../../message-size/size-words.ts'
import type { MessageCheck } from './check-message.ts'

/** Characters named one by one. */
const NAMED = 5

/** What the carrier will count, in one line; and which characters make it dearer. */
export function SizeLine({
  check,
  withPicture = false,
}: {
  readonly check: MessageCheck
  readonly withPicture?: boolean
}) {
  const { segmentCount, encoding, unitCount, nonGsmCharacters } = check.size
  // The carrier sends a picture and its words as one, whatever alphabet they need.
  if (withPicture) return <p className="text-muted-foreground text-xs">Picture message</p>
  if (segmentCount === 0) return null
  const segments = segmentCount === 1 ? '1 segment' : `${segmentCount} segments`
  return (
    <>
      <LiveRegion>{`${segments}, ${encoding}`}</LiveRegion>
      <p data-testid="message-size" className="text-muted-foreground text-xs tabular-nums">
        {unitCount} characters, {segments}, {unitsLeft(check.size)} left
        {nonGsmCharacters.length > 0 ? (
          <span className="text-warning">
            {' '}
            · 70 to a segment because of{' '}
            {nonGsmCharacters
              .slice(0, NAMED)
              .map((character) => characterWords(character))
              .join(', ')}
            {nonGsmCharacters.length > NAMED ? ` and ${nonGsmCharacters.length - NAMED} more` : ''}
          </span>
        ) : null}
      </p>
    </>
  )
}
