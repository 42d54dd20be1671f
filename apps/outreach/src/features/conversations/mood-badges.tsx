import { Badge } from '@sax/ui/badge'
import { Frown, Siren } from 'lucide-react'

export interface MoodBadgesProps {
  readonly urgent: boolean
  readonly negative: boolean
}

/** Marks of a classifier. They say what words there are, never what to do. */
export function MoodBadges({ urgent, negative }: MoodBadgesProps) {
  return (
    <>
      {urgent ? (
        <Badge tone="danger" icon={<Siren />}>
          Urgent words
        </Badge>
      ) : null}
      {negative ? (
        <Badge tone="warning" icon={<Frown />}>
          Negative
        </Badge>
      ) : null}
    </>
  )
}
