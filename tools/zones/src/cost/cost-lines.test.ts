import { describe, expect, test } from 'vitest'
import { runsOf } from './lines/compute.ts'
import { costInput, costsOf } from './test/cost-input.ts'

const some = (count: number, properties: Readonly<Record<string, unknown>> = {}) =>
  Array.from({ length: count }, () => properties)

test('network: two gateways, two addresses, five attachments of interface endpoints', () => {
  const input = costInput(
    {
      'AWS::EC2::NatGateway': some(2),
      'AWS::EC2::EIP': some(2),
      'AWS::EC2::VPC': some(1),
      'AWS::EC2::VPCEndpoint': [
        { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] },
        { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b', 'c'] },
        { VpcEndpointType: 'Gateway' },
      ],
    },
    { assumed: { natGb: 100, natOutGb: 10, endpointGb: 30, betweenZonesGb: 50 } },
  )
  expect(costsOf('network', input)).toEqual({
    'NAT gateways': 65.7, // 2 gateways of 32.85
    'data through NAT gateways': 4.5, // 100 GB of 4.5 cents
    'data to the internet': 0.9, // 10 GB of 9 cents
    'public addresses': 7.3, // 2 of 3.65
    'interface endpoints': 36.5, // 5 of 7.30
    'data through interface endpoints': 0.3, // 30 GB of 1 cent
    'data between zones': 1, // 50 GB of 1 cent, on either side
  })
})

describe('database', () => {
  const cluster = { ServerlessV2ScalingConfiguration: { MinCapacity: 2, MaxCapacity: 16 } }
  const database = { 'AWS::RDS::DBCluster': [cluster], 'AWS::RDS::DBInstance': some(2), 'AWS::RDS::DBProxy': some(1) }

  test('two instances of 2.5 ACU, 100 GB, 50 million reads and writes, and the least that a proxy costs', () => {
    const assumed = { averageAcu: 2.5, databaseGb: 100, databaseIoMillions: 50, backupGb: 100 }
    expect(costsOf('database', costInput(database, { assumed }))).toEqual({
      'Aurora capacity': 438, // 5 ACU of 87.60
      'Aurora storage': 10,
      'Aurora reads and writes': 10,
      backups: 2.1,
      'RDS Proxy': 87.6, // 8 ACU of 10.95
    })
  })

  test.each([
    ['never below its minimum: 2 instances of 2 ACU', 0.5, 350.4, 87.6],
    ['never above its maximum: 2 instances of 16 ACU, and the proxy is billed by them', 50, 2803.2, 350.4],
  ])('capacity is %s', (_what, averageAcu, capacity, proxy) => {
    expect(costsOf('database', costInput(database, { assumed: { averageAcu } }))).toEqual({
      'Aurora capacity': capacity,
      'RDS Proxy': proxy,
    })
  })

  test('somebody else’s cluster is not counted, and the proxy before it is', () => {
    expect(costsOf('database', costInput({ 'AWS::RDS::DBProxy': some(1) }, { assumed: { databaseGb: 100 } }))).toEqual({
      'RDS Proxy': 87.6,
    })
  })
})

describe('compute', () => {
  test.each([
    ['arm64', 'function time', 2], // 150,000 GB-seconds of 0.0000133334
    ['x86_64', 'function time, x86', 2.5], // 150,000 GB-seconds of 0.0000166667
  ])('3 million calls of 100 ms with 512 MB on %s', (architecture, what, usd) => {
    const fn = { MemorySize: 512, Architectures: [architecture] }
    const input = costInput(
      { 'AWS::Lambda::Function': [fn] },
      { kind: 'backend', traffic: { backendCalls: 3_000_000 }, assumed: { backendMs: 100 } },
    )
    expect(costsOf('compute', input)).toEqual({ 'function calls': 0.6, [what]: usd })
  })

  test('the host waits for what it carries, and is billed for it', () => {
    const fn = { MemorySize: 1024, Architectures: ['arm64'] }
    const input = costInput(
      { 'AWS::Lambda::Function': [fn] },
      {
        kind: 'host-pages',
        traffic: { hostPages: 1_000_000, zonePages: 2_000_000, calls: 3_000_000, carried: 5_000_000 },
        assumed: { hostPageMs: 100, zonePageMs: 140, zoneApiMs: 40, carryMs: 10 },
      },
    )
    // 6 million calls; 100,000 + 300,000 + 150,000 GB-seconds.
    expect(costsOf('compute', input)).toEqual({ 'function calls': 1.2, 'function time': 7.33 })
  })

  test('two queues are looked into all month, and 100,000 messages go through in pairs', () => {
    const input = costInput(
      { 'AWS::SQS::Queue': some(5), 'AWS::Lambda::EventSourceMapping': some(2) },
      { assumed: { messages: 100_000, messagesABatch: 2 } },
    )
    // 2 × 15 × 43,800 = 1,314,000 looks, and 100,000 sends, 50,000 receives, 50,000 deletes: 1.514 million of 40 cents.
    expect(costsOf('compute', input)).toEqual({ queues: 0.61 })
  })

  test('2 million requests of the HTTP API', () => {
    const input = costInput({ 'AWS::ApiGatewayV2::Api': some(1) }, { traffic: { backendCalls: 2_000_000 } })
    expect(costsOf('compute', input)).toEqual({ 'HTTP API': 2 })
  })

  test.each([
    ['rate(1 minute)', 43_800],
    ['rate(5 minutes)', 8760],
    ['rate(1 hour)', 730],
    ['rate(2 days)', 15.208333],
    ['cron(0 7 * * ? *)', 730],
  ])('%s runs %d times a month', (ScheduleExpression, runs) => {
    expect(runsOf({ ScheduleExpression })).toBeCloseTo(runs, 5)
  })
})

test('delivery: 10 million requests, with a function before each, and 3 files in 10 from the bucket', () => {
  const input = costInput(
    { 'AWS::CloudFront::Distribution': some(2), 'AWS::CloudFront::Function': some(2), 'AWS::S3::Bucket': some(3) },
    {
      traffic: {
        hostPages: 1_000_000,
        zonePages: 1_000_000,
        files: 4_000_000,
        calls: 4_000_000,
        edgeRequests: 10_000_000,
      },
      assumed: {
        ...{ pageKb: 50, fileKb: 25, callKb: 10, cachedFiles: 0.7, accessLogKb: 0.5, accessLogMonths: 10 },
        ...{ storedAssetGb: 10, releases: 100, filesARelease: 1000 },
      },
    },
  )
  expect(costsOf('delivery', input)).toEqual({
    requests: 10,
    'data delivered': 20.4, // 100 + 100 + 40 GB of 8.5 cents
    'functions at the edge': 1,
    'hashed files kept': 0.23,
    'access logs kept': 1.15, // 5 GB a month, for 10 months
    'files read from buckets': 0.48, // 1.2 million of 40 cents
    'files written to buckets': 0.5, // 100,000 of 5 dollars a million
  })
})

test('delivery: what the host carries is delivered twice', () => {
  const input = costInput(
    { 'AWS::CloudFront::Distribution': some(2) },
    { traffic: { zonePages: 1_000_000, calls: 1_000_000, carried: 2_000_000 }, assumed: { pageKb: 80, callKb: 20 } },
  )
  expect(costsOf('delivery', input)).toEqual({ 'data delivered': 17 }) // 2 × 100 GB
})

test('protection: two firewalls with three rules and two, 10 million requests, two keys', () => {
  const input = costInput(
    { 'AWS::WAFv2::WebACL': [{ Rules: [{}, {}, {}] }, { Rules: [{}, {}] }], 'AWS::KMS::Key': some(2) },
    { traffic: { edgeRequests: 10_000_000 }, assumed: { keyCalls: 2 } },
  )
  expect(costsOf('protection', input)).toEqual({
    firewalls: 10,
    'firewall rules': 5,
    'requests judged': 6,
    'encryption keys': 2,
    'uses of encryption keys': 6,
  })
})

describe('monitoring', () => {
  const stat = (Period: number) => ({ MetricStat: { Period } })

  test('an alarm costs by the metrics it looks at, and three times as much when it looks every ten seconds', () => {
    const input = costInput({
      'AWS::CloudWatch::Alarm': [
        { Period: 300 },
        { Metrics: [{ Expression: 'a / b' }, stat(300), stat(300)] },
        { Metrics: [stat(60)] },
        { Period: 10 },
      ],
    })
    expect(costsOf('monitoring', input)).toEqual({ alarms: 0.4, 'alarms of high resolution': 0.3 })
  })

  test('dashboards, metrics read from logs, and eight metrics more of each distribution', () => {
    const input = costInput({
      'AWS::CloudWatch::Dashboard': some(1),
      'AWS::Logs::MetricFilter': some(6),
      'AWS::CloudFront::MonitoringSubscription': some(2),
    })
    expect(costsOf('monitoring', input)).toEqual({
      dashboards: 3,
      'metrics read from logs': 1.8,
      'more metrics of distributions': 4.8, // 16 of 30 cents
    })
  })

  test('log lines by who writes them, how long they are kept and how much is searched', () => {
    const input = costInput(
      {
        'AWS::Lambda::Function': some(6),
        'AWS::ApiGatewayV2::Api': some(1),
        'AWS::RDS::DBProxy': some(1),
        'AWS::EC2::FlowLog': some(1),
        'AWS::WAFv2::LoggingConfiguration': some(2),
        'AWS::Logs::DeliveryDestination': [
          { DestinationResourceArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/x' },
          { DestinationResourceArn: 'arn:aws:s3:::b' },
        ],
        'AWS::Logs::LogGroup': [{ RetentionInDays: 30 }, { RetentionInDays: 90 }],
      },
      {
        traffic: { hostPages: 1e6, zonePages: 1e6, calls: 4e6, carried: 0, backendCalls: 4e6, edgeRequests: 10e6 },
        assumed: {
          ...{ callLogKb: 1, apiLogKb: 0.5, databaseLogGb: 8, flowLogGb: 5, refusedShare: 0.1, firewallLogKb: 2 },
          ...{ fileLogKb: 0.3, logCompression: 0.2, searchedLogGb: 50 },
        },
      },
    )
    expect(costsOf('monitoring', input)).toEqual({
      'log lines of functions, API, database': 10, // 10 + 2 + 8 GB of 50 cents
      'log lines of AWS: network, firewalls': 5, // 5 + 2 + 3 GB of 50 cents
      'log lines kept': 0.36, // 30 GB for 2 months on average, a fifth of it: 12 GB of 3 cents
      'log lines searched': 0.25, // 50 GB of half a cent
    })
  })

  test('without a delivery into a log group, requests for files are written down nowhere', () => {
    const destination = { DestinationResourceArn: 'arn:aws:s3:::b' }
    const input = costInput(
      { 'AWS::Logs::DeliveryDestination': [destination] },
      { traffic: { edgeRequests: 10e6 }, assumed: { fileLogKb: 0.3 } },
    )
    expect(costsOf('monitoring', input)).toEqual({})
  })

  test.each([
    ['Active', { traces: 3 }], // 600,000 of 5 dollars a million
    ['PassThrough', {}],
  ])('traces are recorded where functions are traced: %s', (Mode, costs) => {
    const input = costInput(
      { 'AWS::Lambda::Function': [{ TracingConfig: { Mode } }] },
      { traffic: { hostPages: 1e6, zonePages: 1e6 }, assumed: { tracedShare: 0.3 } },
    )
    expect(costsOf('monitoring', input)).toEqual(costs)
  })

  test('mail of alarms', () => {
    expect(
      costsOf('monitoring', costInput({ 'AWS::SNS::Topic': some(1) }, { assumed: { alarmMails: 10_000 } })),
    ).toEqual({
      'e-mails of alarms': 0.2,
    })
  })
})

test('secrets: four of the stage’s and the one that RDS makes; ten processes read two of them every five minutes', () => {
  const input = costInput(
    { 'AWS::SecretsManager::Secret': some(4), 'AWS::RDS::DBCluster': [{ ManageMasterUserPassword: true }, {}] },
    { assumed: { warmProcesses: 10, readsAnHour: 12, secretsAProcess: 2 } },
  )
  expect(costsOf('secrets', input)).toEqual({
    secrets: 2,
    'reads of secrets': 0.88, // 175,200 of 5 dollars a million
  })
})

test('nothing costs nothing', () => {
  for (const group of ['network', 'database', 'compute', 'delivery', 'protection', 'monitoring', 'secrets'] as const) {
    expect(
      costsOf(group, costInput({}, { traffic: { edgeRequests: 1e9, calls: 1e9 }, assumed: { natGb: 1e9 } })),
    ).toEqual({})
  }
})
