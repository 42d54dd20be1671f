import { AwsError } from '../wire/aws-error.ts'

/** Runtimes that functions may be made with. @source AWS Lambda Developer Guide, "Lambda runtimes" (the list of November 2026 is unverified) */
const SUPPORTED = [
  ...['nodejs24.x', 'nodejs22.x', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'java25', 'java21', 'java17'],
  ...['dotnet10', 'ruby3.4', 'ruby3.3', 'provided.al2023'],
] as const

/** Runtimes that are out of support, so that functions are neither made nor changed with them. */
const ENDED =
  /^(nodejs(4\.3|6\.10|8\.10|1[0-9]\.x|20\.x)|nodejs|python(2\.7|3\.[6-9]|3\.10)|java8(\.al2)?|java11|dotnet(core\d\.\d|6|8)|ruby(2\.\d|3\.2)|go1\.x|provided(\.al2)?)$/

/** @throws AwsError InvalidParameterValueException */
export function checkRuntime(runtime: string): void {
  if (SUPPORTED.some((name) => name === runtime)) return
  if (ENDED.test(runtime)) {
    throw new AwsError(
      'InvalidParameterValueException',
      `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. We recommend you use a supported runtime while creating or updating functions.`,
    )
  }
  throw new AwsError(
    'InvalidParameterValueException',
    `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${SUPPORTED.join(', ')}]`,
  )
}
