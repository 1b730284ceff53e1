import logo from '../icons/app.svg'

export function Logo({ size = 24 }: { readonly size?: number }) {
  return <img className="logo" src={logo} width={size} height={size} alt="" />
}
