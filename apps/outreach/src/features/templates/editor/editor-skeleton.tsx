import { Card, CardBody } from '@sax/ui/card'
import { Skeleton } from '@sax/ui/skeleton'

/** The editor's shape while its template is on the way. */
export function EditorSkeleton() {
  return (
    <div
      aria-busy="true"
      className="grid items-start gap-4 @4xl/page:grid-cols-[minmax(0,1fr)_minmax(20rem,26rem)] @4xl/page:gap-6"
    >
      <span className="sr-only">Loading the template</span>
      <Card>
        <CardBody className="flex flex-col gap-5">
          <Skeleton className="h-9" />
          <div className="grid gap-4 sm:grid-cols-2">
            <Skeleton className="h-9" />
            <Skeleton className="h-9" />
          </div>
          <Skeleton className="h-40" />
        </CardBody>
      </Card>
      <Card>
        <CardBody className="flex flex-col gap-5">
          <Skeleton className="w-24" />
          <Skeleton className="h-9" />
          <Skeleton className="h-24" />
          <Skeleton className="h-9" />
        </CardBody>
      </Card>
    </div>
  )
}
