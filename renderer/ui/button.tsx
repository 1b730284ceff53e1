import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Icon, type IconName } from './icon.tsx'

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly kind?: 'primary' | 'plain' | 'danger'
  readonly size?: 'small'
  readonly icon?: IconName
  readonly ref?: Ref<HTMLButtonElement>
  readonly children?: ReactNode
}

export function Button({ kind, size, icon, className, children, ...rest }: ButtonProps) {
  const classes = ['button', kind, size, className].filter(Boolean).join(' ')
  return (
    <button type="button" className={classes} {...rest}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

interface IconButtonProps extends Omit<ButtonProps, 'children'> {
  readonly icon: IconName
  readonly label: string
}

/** A button that is only an icon; its name is read out and shown as a tip. */
export function IconButton({ label, className = '', kind = 'plain', ...rest }: IconButtonProps) {
  return (
    <Button
      kind={kind}
      aria-label={label}
      title={label}
      className={`icon-only ${className}`}
      {...rest}
    />
  )
}
