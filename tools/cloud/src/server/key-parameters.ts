/**
 * Names whose values say what a call is about. An allow-list: a parameter that is not on it is not kept, so that no
 * secret value, body, policy or environment ever is.
 */
const KEPT =
  /^(?!.*(Secret(String|Binary|AccessKey)|Password|Token|AccessKeyId))(.*(Name|Names|Id|Ids|Arn|ARN|Bucket|Qualifier|Version|Type|Status|IfMatch)|Key|Domain|DryRun|Action|Publish|CallerReference|Statement|Policy(Name|Arn))$/

/** What is kept of an input: texts, numbers and flags of telling names, one level deep. */
export function keyParameters(input: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(input)) {
    if (!KEPT.test(name)) continue
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') kept[name] = String(value)
  }
  // Secrets Manager's way to say the same thing twice; it is no secret, and repeating it must change nothing.
  if (typeof input.ClientRequestToken === 'string') kept.ClientRequestToken = input.ClientRequestToken
  return kept
}
