import { createHash, randomUUID } from 'node:crypto'
import type {
  CreateFunctionRequest,
  FunctionConfiguration,
  UpdateFunctionConfigurationRequest,
} from '@aws-sdk/client-lambda'
import { AwsError } from '../wire/aws-error.ts'
import { checkEnvironment } from './check-environment.ts'
import { checkRuntime } from './runtimes.ts'

/** What can be set of a function, besides its code. */
export type Settings = Omit<UpdateFunctionConfigurationRequest, 'FunctionName' | 'RevisionId' | 'DryRun'>

/** The configuration of a function that has just been made. @throws AwsError */
export function newConfiguration(input: CreateFunctionRequest, arn: string, zip: Buffer): FunctionConfiguration {
  if (input.PackageType === 'Image') {
    throw new AwsError('InvalidParameterValueException', 'Container images are not available on a laptop.')
  }
  if (input.Runtime === undefined || input.Handler === undefined) {
    throw new AwsError(
      'InvalidParameterValueException',
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    )
  }
  const defaults: FunctionConfiguration = {
    ...{ FunctionName: input.FunctionName, FunctionArn: arn, Version: '$LATEST', PackageType: 'Zip' },
    ...{ Description: '', Timeout: 3, MemorySize: 128, TracingConfig: { Mode: 'PassThrough' } },
    ...{ EphemeralStorage: { Size: 512 }, SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' } },
    Architectures: input.Architectures ?? ['x86_64'],
    LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${input.FunctionName}` },
    ...{ State: 'Pending', StateReason: 'The function is being created.', StateReasonCode: 'Creating' },
  }
  return withSettings(withCode(defaults, zip), input)
}

export function withCode(configuration: FunctionConfiguration, zip: Buffer): FunctionConfiguration {
  return touched({
    ...configuration,
    CodeSha256: createHash('sha256').update(zip).digest('base64'),
    CodeSize: zip.length,
  })
}

/** The configuration after some of it was set. What is not given stays. @throws AwsError */
export function withSettings(configuration: FunctionConfiguration, given: Settings): FunctionConfiguration {
  const { Runtime, Role, Timeout, MemorySize, Environment, VpcConfig, LoggingConfig, Layers } = given
  if (Runtime !== undefined) checkRuntime(Runtime)
  if (Role !== undefined && !/^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@\-/]+$/.test(Role))
    throw invalid('role', Role, 'an ARN of a role')
  if (Timeout !== undefined && (Timeout < 1 || Timeout > 900))
    throw invalid('timeout', Timeout, 'value between 1 and 900')
  if (MemorySize !== undefined && (MemorySize < 128 || MemorySize > 10_240))
    throw invalid('memorySize', MemorySize, 'value between 128 and 10240')
  if (Environment?.Variables !== undefined) checkEnvironment(Environment.Variables)
  const simple = defined({
    ...{ Runtime, Role, Timeout, MemorySize, Handler: given.Handler, Description: given.Description },
    ...{ TracingConfig: given.TracingConfig, DeadLetterConfig: given.DeadLetterConfig, KMSKeyArn: given.KMSKeyArn },
    EphemeralStorage: given.EphemeralStorage,
  })
  const hasVpc = (VpcConfig?.SubnetIds?.length ?? 0) > 0
  return touched({
    ...configuration,
    ...simple,
    ...(Environment === undefined ? {} : { Environment: { Variables: Environment.Variables ?? {} } }),
    ...(VpcConfig === undefined ? {} : { VpcConfig: hasVpc ? { ...VpcConfig, VpcId: 'vpc-00000000000000000' } : {} }),
    ...(LoggingConfig === undefined ? {} : { LoggingConfig: logging(configuration, LoggingConfig) }),
    ...(Layers === undefined ? {} : { Layers: Layers.map((Arn) => ({ Arn, CodeSize: 0 })) }),
  })
}

/** Levels are there with JSON only. @source AWS Lambda Developer Guide, "Configuring advanced logging controls" */
function logging(
  { LoggingConfig: before, FunctionName }: FunctionConfiguration,
  given: NonNullable<Settings['LoggingConfig']>,
): NonNullable<FunctionConfiguration['LoggingConfig']> {
  const format = given.LogFormat ?? before?.LogFormat ?? 'Text'
  const group = given.LogGroup ?? before?.LogGroup ?? `/aws/lambda/${FunctionName}`
  if (format === 'Text') {
    if (given.ApplicationLogLevel !== undefined || given.SystemLogLevel !== undefined) {
      throw new AwsError(
        'InvalidParameterValueException',
        'ApplicationLogLevel and SystemLogLevel require LogFormat JSON.',
      )
    }
    return { LogFormat: format, LogGroup: group }
  }
  return {
    ...{ LogFormat: format, LogGroup: group },
    ApplicationLogLevel: given.ApplicationLogLevel ?? before?.ApplicationLogLevel ?? 'INFO',
    SystemLogLevel: given.SystemLogLevel ?? before?.SystemLogLevel ?? 'INFO',
  }
}

/** A changed configuration has a new revision. */
function touched(configuration: FunctionConfiguration): FunctionConfiguration {
  return { ...configuration, RevisionId: randomUUID(), LastModified: new Date().toISOString().replace('Z', '+0000') }
}

function invalid(name: string, value: unknown, wanted: string): AwsError {
  return new AwsError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${name}' failed to satisfy constraint: Member must be ${wanted}`,
  )
}

function defined<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, content]) => content !== undefined)) as Partial<Value>
}
