// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// ImageJ draws ROIs of every kind that has an area on an image of 200 x 180 pixels, saves each into
// the folder that is the argument, and counts its pixels.
folder = getArgument();
newImage("blank", "8-bit black", 200, 180, 1);
run("Add Specified Noise...", "standard=40");
run("Gaussian Blur...", "sigma=3");
random("seed", 7);
table = File.open(folder + "/areas.csv");
print(table, "file,pixels");
count = 0;
function keep(kind) {
    getRawStatistics(pixels);
    name = kind + "_" + count + ".roi";
    saveAs("Selection", folder + "/" + name);
    print(table, name + "," + pixels);
    count++;
}
for (k = 0; k < 25; k++) {
    n = 3 + floor(random * 12);
    x = newArray(n);
    y = newArray(n);
    for (i = 0; i < n; i++) {
        x[i] = floor(random * 201);
        y[i] = floor(random * 181);
    }
    makeSelection("polygon", x, y); keep("polygon");
    makeSelection("freehand", x, y); keep("freehand");
    makeSelection("traced", x, y); keep("traced");
    for (i = 0; i < n; i++) {
        x[i] = random * 200;
        y[i] = random * 180;
    }
    makeSelection("polygon", x, y); keep("subpixel_polygon");
    makeSelection("freehand", x, y); keep("subpixel_freehand");
    for (i = 0; i < n; i++) {  // On pixel centers and borders.
        x[i] = floor(random * 401) / 2;
        y[i] = floor(random * 361) / 2;
    }
    makeSelection("polygon", x, y); keep("half_pixel_polygon");
    makeRectangle(floor(random * 100), floor(random * 80), 1 + floor(random * 100), 1 + floor(random * 99));
    keep("rectangle");
    makeRectangle(random * 100, random * 80, 1 + random * 99, 1 + random * 98); keep("subpixel_rectangle");
    makeOval(floor(random * 100), floor(random * 80), 1 + floor(random * 100), 1 + floor(random * 99));
    keep("oval");
    makeOval(random * 100, random * 80, 1 + random * 99, 1 + random * 98); keep("subpixel_oval");
    makeEllipse(40 + random * 20, 40 + random * 20, 120 + random * 20, 100 + random * 30, 0.3 + random * 0.6);
    keep("ellipse");
    makeRotatedRectangle(40 + random * 20, 40 + random * 20, 120 + random * 20, 100 + random * 30, 20 + random * 30);
    keep("rotated_rectangle");
    makeOval(20 + random * 60, 20 + random * 60, 60, 50 + floor(random * 20));
    setKeyDown("shift");
    makeRectangle(60 + floor(random * 60), 40, 50, 60); keep("composite");
    setKeyDown("alt");
    makeOval(50 + floor(random * 20), 40, 30, 40); keep("composite_with_hole");
    run("Select None");
    getStatistics(area, mean);
    doWand(5 + random * 190, 5 + random * 170, mean / 4, "Legacy"); keep("wand");
    doWand(5 + random * 190, 5 + random * 170, mean / 4, "8-connected"); keep("wand8");
}
File.close(table);
