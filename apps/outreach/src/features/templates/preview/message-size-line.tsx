import { messageSize } from '@sax/message-template'
import { LiveRegion } from '@sax/ui/live-region'
import { useDeferredValue, useMemo } from 'react'
import { characterWords, unitsLeft } from '../../message-size/size-words.ts'

/** Characters named one by one. */
const NAMED = 8

/** What the carrier will count and bill, and which characters make it dearer. */
export function MessageSizeLine({ text }: { readonly text: string }) {
  const deferred = useDeferredValue(text)
  const size = useMemo(() => messageSize(deferred), [deferred])
  const segments = size.segmentCount === 1 ? '1 segment' : `${size.segmentCount} segments`
  const offending = size.nonGsmCharacters
  return (
    <div className="flex flex-col gap-2 text-sm">
      <dl className="flex flex-wrap gap-x-4 gap-y-1 tabular-nums">
        <SizeFact term="Segments" value={String(size.segmentCount)} />
        <SizeFact term="Encoding" value={size.encoding} />
        <SizeFact term="Characters" value={`${size.unitCount} (${unitsLeft(size)} left in this segment)`} />
      </dl>
      <LiveRegion>{`${segments}, ${size.encoding}`}</LiveRegion>
      {offending.length > 0 ? (
        <div className="rounded-lg bg-warning-soft px-3 py-2 text-warning">
          <p>
            {offending.length === 1 ? 'This character makes' : 'These characters make'} a segment hold 70 characters
            instead of 160:
          </p>
          <ul className="mt-1 flex flex-wrap gap-x-3 gap-y-0.5 font-medium">
            {offending.slice(0, NAMED).map((character) => (
              <li key={character}>{characterWords(character)}</li>
            ))}
            {offending.length > NAMED ? <li>and {offending.length - NAMED} more</li> : null}
          </ul>
        </div>
      ) : null}
    </div>
  )
}

function SizeFact({ term, value }: { readonly term: string; readonly value: string }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-muted-foreground">{term}</dt>
      <dd className="font-medium">{value}</dd>
    </div>
  )
}
