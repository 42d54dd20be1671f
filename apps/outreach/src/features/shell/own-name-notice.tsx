export interface OwnNameNoticeProps {
  readonly hostUrl: string
  /** With the base path. */
  readonly pathname: string
}

/** On the zone's own name there is no sign-in and no practice switch: the same page under the host's name has both. */
export function OwnNameNotice({ hostUrl, pathname }: OwnNameNoticeProps) {
  return (
    <>
      This is Outreach on its own name. Patients, practices and sign-in are at{' '}
      <a className="font-medium underline underline-offset-2" href={`${hostUrl}${pathname}`}>
        SleepConnect
      </a>
      .
    </>
  )
}
