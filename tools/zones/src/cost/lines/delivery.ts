import type { CostInput } from '../cost-input.ts'
import { type CostLine, costLine } from '../cost-line.ts'
import { priceList } from '../price-list.ts'
import { gigabytes, millions } from '../traffic.ts'

export function deliveryLines({ resources, traffic, assumed }: CostInput): readonly CostLine[] {
  const line = (what: string, quantity: number, name: keyof typeof priceList) =>
    costLine('delivery', what, quantity, priceList[name])
  const served = resources.count('AWS::CloudFront::Distribution') === 0 ? 0 : 1
  const kept = resources.count('AWS::S3::Bucket') === 0 ? 0 : 1
  const { hostPages, zonePages, files, calls, carried, edgeRequests } = traffic
  // What the host carries is delivered to it first, and then to the browser.
  const twice = carried === 0 ? 1 : 2
  const deliveredGb =
    gigabytes(hostPages + twice * zonePages, assumed.pageKb) +
    gigabytes(twice * calls, assumed.callKb) +
    gigabytes(files, assumed.fileKb)
  const accessLogGb = served * gigabytes(edgeRequests, assumed.accessLogKb) * assumed.accessLogMonths
  return [
    line('requests', served * millions(edgeRequests), 'cloudFrontRequests'),
    line('data delivered', served * deliveredGb, 'cloudFrontGb'),
    line(
      'functions at the edge',
      resources.count('AWS::CloudFront::Function') === 0 ? 0 : millions(edgeRequests),
      'cloudFrontFunctionCalls',
    ),
    line('hashed files kept', kept * assumed.storedAssetGb, 's3Gb'),
    line('access logs kept', kept * accessLogGb, 's3Gb'),
    line('files read from buckets', kept * millions(files * (1 - assumed.cachedFiles)), 's3Reads'),
    line('files written to buckets', kept * millions(assumed.releases * assumed.filesARelease), 's3Writes'),
  ]
}
