/** The mark and the name. */
import classes from './Brand.module.css'

export function Brand({ large = false }: { large?: boolean }) {
  const size = large ? 36 : 26
  return (
    <span className={classes.brand} data-large={large || undefined}>
      <img src="/icon.svg" width={size} height={size} alt="" />
      Tocsin
    </span>
  )
}
