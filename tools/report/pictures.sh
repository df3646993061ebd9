#!/usr/bin/env bash
# Makes the pictures of docs/reports.md again: each example is proved as its README says, reported in
# a template, and photographed with chromium, wide and narrow, light and dark, and as a PDF's first
# page. Needs chromium, pdftoppm (poppler-utils), netpbm and pngquant.
#
# tools/report/pictures.sh COVENANT OUT: the command, and the folder that the pictures go to.
set -euo pipefail
cd "$(dirname "$0")/../.."
covenant=$(realpath "$1")
mkdir -p "$2"
out=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" && ln -s "$covenant" "$work/bin/covenant"
export PATH="$work/bin:$PATH"

browser() {
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --force-device-scale-factor=1 \
    --user-data-dir="$work/profile" "$@" >/dev/null 2>&1
}

# A page of a width and a height, as wide screens and phones show it. Chromium makes no window
# narrower than 500 pixels, so a phone's page is shown in a frame of 390.
shot() { # page, picture, width, height, light or dark
  local scheme=1
  [ "$5" = dark ] && scheme=0
  local page=$1
  if [ "$3" -lt 500 ]; then
    page=${1%.html}.frame.html
    printf '<!DOCTYPE html><meta name="color-scheme" content="light dark"><body style="margin:0"><iframe src="%s" width="%s" height="%s" style="border:0;display:block"></iframe>' \
      "$(basename "$1")" "$3" "$4" >"$page"
  fi
  # The lowest part of a window is not painted: it is taken taller, and cut.
  browser --blink-settings=preferredColorScheme=$scheme --window-size="$3,$(($4 + 200))" \
    --screenshot="$work/shot.png" "file://$page"
  pngtopnm "$work/shot.png" | pamcut -width "$3" -height "$4" | pnmtopng -quiet >"$out/$2.png"
}

prove() { # example: proves it in a folder of its own, as its README says
  cp -r "examples/$1" "$work/$1"
  (cd "$work/$1" && sed -n '/^```sh$/,/^```$/p' README.md | sed '/^```/d' | bash -euo pipefail >/dev/null)
}

# The arguments of verify that the README has.
args() { sed -n 's/^covenant verify //p' "$work/$1/README.md"; }

report() { # example, template, name, more arguments
  local example=$1 template=$2 name=$3
  shift 3
  # shellcheck disable=SC2046
  (cd "$work/$example" && covenant report $(args "$example") --template "$template" \
    --out "$name.html" "$@" >/dev/null || [ $? -eq 1 ])
}

for example in demo stablecoin reserve lender treasury-fund; do prove "$example"; done

report demo certificate certificate
report stablecoin reserve reserve-limits
report reserve reserve reserve --details "$PWD/examples/reserve/details.toml"
report lender borrowing-base borrowing-base
report treasury-fund compliance compliance
sed -i 's/min_ratio = .*/min_ratio = "200%"/; s/context = .*/context = "another"/' "$work/demo/expect.toml"
report demo certificate refused
(cd "$work/lender" && covenant simulate --policy policy.json --prices prices.json \
  --opening out/*/opening.json --debt 25000000 --html simulation.html >/dev/null)

shot "$work/demo/certificate.html" certificate 1280 3150 light
shot "$work/demo/certificate.html" certificate-dark 1280 3150 dark
shot "$work/demo/certificate.html" certificate-phone 390 4600 light
shot "$work/demo/certificate.html" certificate-phone-dark 390 4600 dark
shot "$work/demo/refused.html" refused 1280 1300 light
shot "$work/reserve/reserve.html" reserve 1280 3300 light
shot "$work/stablecoin/reserve-limits.html" reserve-limits 1280 2400 light
shot "$work/lender/borrowing-base.html" borrowing-base 1280 3000 light
shot "$work/treasury-fund/compliance.html" compliance 1280 2600 light
shot "$work/lender/simulation.html" simulation 1280 2600 dark
browser --no-pdf-header-footer --print-to-pdf="$work/certificate.pdf" "file://$work/demo/certificate.html"
pdftoppm -png -r 60 -f 1 -l 1 -singlefile "$work/certificate.pdf" "$out/certificate-print"

pngquant --force --ext .png --speed 1 64 "$out"/*.png
du -ch "$out"/*.png | tail -1
