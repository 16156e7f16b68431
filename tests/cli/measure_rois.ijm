// SPDX-FileCopyrightText: 2026 The paraspinal authors
// SPDX-License-Identifier: Apache-2.0
// ImageJ measures each ROI of a .zip on an image and saves the ROIs again.
// Argument: image|rois.zip|output folder; the image "blank" has 200 x 180 black pixels.
words = split(getArgument(), "|");
if (words[0] == "blank")
    newImage("blank", "8-bit black", 200, 180, 1);
else
    open(words[0]);
roiManager("open", words[1]);
table = File.open(words[2] + "/measured.csv");
print(table, "name,pixels,area,mean");
for (i = 0; i < roiManager("count"); i++) {
    roiManager("select", i);
    getRawStatistics(pixels);
    getStatistics(area, mean);
    print(table, getInfo("selection.name") + "," + pixels + "," + area + "," + d2s(mean, 6));
}
File.close(table);
roiManager("deselect");
roiManager("save", words[2] + "/saved_again.zip");
