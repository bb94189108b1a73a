export function ThumbhashPicture(props: { src: string; thumbhash: string | null; width: number; height: number; alt: string; eager?: boolean; className?: string | undefined }) {
  return <img src={props.src} width={props.width} height={props.height} alt={props.alt} className={props.className} loading={props.eager ? 'eager' : 'lazy'} decoding="async" />;
}
