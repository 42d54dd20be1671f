import { Button } from '@sax/ui/button'
import { Dialog, DialogContent } from '@sax/ui/dialog'
import { Download } from 'lucide-react'

export interface PictureDialogProps {
  readonly src: string
  readonly name: string
  readonly onClose: () => void
}

/** A picture as large as the window allows. */
export function PictureDialog({ src, name, onClose }: PictureDialogProps) {
  return (
    <Dialog open onOpenChange={(open) => open || onClose()}>
      <DialogContent
        size="lg"
        title={<bdi>{name}</bdi>}
        footer={
          <Button asChild>
            <a href={src} download>
              <Download aria-hidden />
              Save
            </a>
          </Button>
        }
      >
        {/* biome-ignore lint/performance/noImgElement: a server that made it smaller would have no right to see it */}
        <img src={src} alt={name} className="mx-auto max-h-[65dvh] max-w-full rounded-lg object-contain" />
      </DialogContent>
    </Dialog>
  )
}
