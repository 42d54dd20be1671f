import { AwsError } from '../wire/aws-error.ts'

/** A function, or a version or alias of it. */
export interface FunctionAddress {
  readonly name: string
  /** `$LATEST`, a version's number or an alias; undefined: not said. */
  readonly qualifier?: string
}

const NAME =
  /^(?:arn:aws[a-z-]*:lambda:(?<region>[a-z0-9-]+):(?<account>\d{12}):function:|(?<partial>\d{12}):function:)?(?<name>[a-zA-Z0-9-_]{1,64})(?::(?<qualifier>\$LATEST|[a-zA-Z0-9-_]+))?$/

/**
 * Reads a function's name as Lambda takes it: a name, an ARN or a part of one, with or without a qualifier.
 * @source AWS Lambda API Reference, "GetFunction", FunctionName
 * @throws AwsError ValidationException, InvalidParameterValueException, ResourceNotFoundException
 */
export function functionAddress(
  given: string | undefined,
  separate: string | undefined,
  { accountId, region }: { readonly accountId: string; readonly region: string },
): FunctionAddress {
  const parts = NAME.exec(given ?? '')?.groups
  if (parts === undefined) {
    throw new AwsError(
      'ValidationException',
      `1 validation error detected: Value '${given}' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${NAME.source}`,
    )
  }
  if (parts.region !== undefined && parts.region !== region) {
    const message = `Functions from '${parts.region}' are not reachable in this region ('${region}')`
    throw new AwsError('ResourceNotFoundException', message, 404)
  }
  const owner = parts.account ?? parts.partial
  if (owner !== undefined && owner !== accountId) {
    throw new AwsError('AccessDeniedException', `User is not authorized to reach the function of ${owner}`, 403)
  }
  const qualifier = parts.qualifier ?? separate
  if (parts.qualifier !== undefined && separate !== undefined && parts.qualifier !== separate) {
    const message = 'The derived qualifier from the function name does not match the specified qualifier.'
    throw new AwsError('InvalidParameterValueException', message)
  }
  return { name: parts.name ?? '', ...(qualifier === undefined ? {} : { qualifier }) }
}
