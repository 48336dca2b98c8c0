/** A value to be copied: an address, a key, a snippet of several lines. */
import { ActionIcon, Tooltip } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import classes from './CopyText.module.css'

/** `label` names what is copied; `block` is for several lines. */
export function CopyText({ text, label, block = false }: { text: string; label: string; block?: boolean }) {
  const clipboard = useClipboard({ timeout: 2_000 })
  const said = clipboard.copied ? 'Copied' : `Copy ${label}`
  const Element = block ? 'pre' : 'code'
  return (
    <div className={classes.box} data-block={block || undefined}>
      <Element className={classes.text} tabIndex={block ? 0 : undefined} aria-label={label}>
        {text}
      </Element>
      <Tooltip label={said}>
        <ActionIcon variant="subtle" color="gray" aria-label={said} onClick={() => clipboard.copy(text)}>
          {clipboard.copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
        </ActionIcon>
      </Tooltip>
      <span role="status" className={classes.said}>
        {clipboard.copied ? 'Copied' : ''}
      </span>
    </div>
  )
}
