/** The mark: a bridge of three hangers over a line of water. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path
        d="M3 22h26M6 22c1.7-7.3 5.3-11 10-11s8.3 3.7 10 11M11 22v-8M16 22V11M21 22v-8"
        fill="none"
        stroke="#f2b84b"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
