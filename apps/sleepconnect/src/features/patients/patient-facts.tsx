'use client'

import type { Patient } from '@sax/api-contract'
import { Badge } from '@sax/ui/badge'
import { type ReactNode, useEffect, useState } from 'react'
import { languageWords, localTime, phoneWords, zoneWords } from './patient-words.ts'

/** How a patient can be reached, and what time it is there now. */
export function PatientFacts({ patient }: { readonly patient: Patient }) {
  const { phone, email, timeZone, preferredLanguage } = patient
  return (
    <dl className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
      <Fact term="Phone">
        {phone === null ? (
          'Not known'
        ) : (
          <a
            className="focus-ring rounded-sm text-primary tabular-nums underline-offset-4 hover:underline"
            href={`tel:${phone}`}
          >
            {phoneWords(phone)}
          </a>
        )}
      </Fact>
      <Fact term="E-mail">
        {email === null ? (
          'Not known'
        ) : (
          <a
            className="focus-ring break-all rounded-sm text-primary underline-offset-4 hover:underline"
            href={`mailto:${email}`}
          >
            {email}
          </a>
        )}
      </Fact>
      <Fact term="Local time">
        <LocalTime timeZone={timeZone} />
      </Fact>
      <Fact term="Preferred language">{languageWords(preferredLanguage)}</Fact>
    </dl>
  )
}

function LocalTime({ timeZone }: { readonly timeZone: string }) {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const every = setInterval(() => setNow(new Date()), 20_000)
    return () => clearInterval(every)
  }, [])
  const local = localTime(timeZone, now)
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      {local ? <span className="tabular-nums">{local.words}</span> : null}
      <span className="text-muted-foreground">{zoneWords(timeZone)}</span>
      {local?.night ? <Badge tone="warning">Night there</Badge> : null}
    </span>
  )
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted-foreground text-sm">{term}</dt>
      <dd className="mt-0.5 min-w-0">{children}</dd>
    </div>
  )
}
