const paths = {
  clock: "M8 1.750a6.250 6.250 0 1 0 0 12.500 6.250 6.250 0 0 0 0-12.500ZM8 4.500V8l2.400 1.600",
  search: "M7 2.250a4.750 4.750 0 1 0 0 9.500 4.750 4.750 0 0 0 0-9.500ZM10.500 10.500 14 14",
  sun: "M8 5.250a2.750 2.750 0 1 0 0 5.500 2.750 2.750 0 0 0 0-5.500ZM8 1.500v1.250M8 13.250v1.250M1.500 8h1.250M13.250 8h1.250M3.400 3.400l.9.9M11.700 11.700l.9.9M3.400 12.600l.9-.9M11.700 4.300l.9-.9",
  moon: "M13.500 9.600A5.750 5.750 0 0 1 6.400 2.500a5.750 5.750 0 1 0 7.100 7.100Z",
  left: "M9.750 3.500 5.250 8l4.500 4.500",
  right: "M6.250 3.500 10.750 8l-4.500 4.500",
  download: "M8 2.250v7.500M4.750 6.750 8 10l3.250-3.250M2.750 13.250h10.500",
  close: "M4 4l8 8M12 4l-8 8",
  out: "M6 3.250H3.250v9.500h9.500V10M9 3.250h3.750V7M12.500 3.500 7.500 8.500",
} as const;

export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" width="16" height="16" viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.4" stroke-linecap="round"
      stroke-linejoin="round" aria-hidden="true"><path d={paths[name]} /></svg>
  );
}
